"""One encoder for text that leaves for people: mail, chat, a console's cell.

In: any text, of EC2's or of whoever sets a tag. Out: one line of printable ASCII of bounded length, with
nothing in it that quotes, marks up, escapes or turns a line.
"""

from __future__ import annotations

_CALM = str.maketrans({'"': "'", "\\": "/", "<": "(", ">": ")", "`": "'"})


def plain(text: str, most: int = 400) -> str:
    """Return the text as it may stand in a notice; what is cut off is shown by three dots.

    EventBridge puts values into a text template as they are, so a quote would end its string.
    Source: EventBridge User Guide, input transformation.
    """
    calm = text[: most + 1].translate(_CALM)
    shown = "".join(one if " " <= one <= "~" else " " if one.isspace() else "?" for one in calm)
    return shown if len(shown) <= most else shown[: most - 3] + "..."
