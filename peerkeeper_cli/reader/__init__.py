"""The one reader of all commands: which calls may be made and how fast; what was read, and what was not."""
