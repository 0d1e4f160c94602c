"""The operator's commands, one file each: options and exit codes. What it does has its own folder."""
