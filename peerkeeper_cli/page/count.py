"""A number and what it counts. In: a number, a word. Out: words: 1 VPC, 2 VPCs."""

from __future__ import annotations


def many(count: int, what: str) -> str:
    """Return the number with the word, in the plural where it is not one."""
    return f"{count} {what}{'' if count == 1 else 's'}"
