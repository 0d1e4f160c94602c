"""Counts the runs of one process, as module state does in Lambda."""

import os

STARTED_WITH = dict(os.environ)
runs = 0


def count() -> int:
    """Count one more run."""
    global runs  # noqa: PLW0603 - module state is what is under test
    runs += 1
    return runs
