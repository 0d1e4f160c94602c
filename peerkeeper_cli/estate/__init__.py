"""The estate: opened as the command line asks, read as far as it can be, and what could not be read."""
