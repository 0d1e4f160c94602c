"""The one reader of all commands: which calls may be made, how fast, what was read, and what was not."""
