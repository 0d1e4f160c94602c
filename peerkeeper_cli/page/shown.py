"""Text of somebody else, made safe for a terminal. In: a tag's value. Out: a line of printable characters.

Letters of every language stay. What steers a terminal, turns a line or turns the direction of writing is
removed.
Source: Unicode, general categories: str.isprintable is false for all of C and Z but the blank.
"""

from __future__ import annotations


def shown(text: str, most: int) -> str:
    """Return the text on one line, cut to so many characters, three dots for what is cut."""
    calm = "".join(one if one.isprintable() else " " for one in text[: 4 * most])
    line = " ".join(calm.split())
    return line if len(line) <= most else line[: most - 3] + "..."
