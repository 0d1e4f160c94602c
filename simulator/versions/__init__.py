"""Two versions of the functions' code in one process, and schedules in which both work side by side."""
