"""One encoder for text that leaves for people: mail, chat, a console's cell.

In: any text, of EC2's or of a tag. Out: one line of printable ASCII of bounded length, with
nothing in it that quotes, marks up, escapes or turns a line. `harmless` text also makes no link and no
mention; a name that is `called` also ends no quotes and no sentence.
"""

from __future__ import annotations

import re

_CALM = str.maketrans({'"': "'", "\\": "/", "<": "(", ">": ")", "`": "'"})
_OF_NO_NAME = re.compile(r"[^A-Za-z0-9 ()._/+=,-]")
_DOT_OF_A_HOST = re.compile(r"(?<=[A-Za-z0-9])\.(?=[A-Za-z])")


def plain(text: str, most: int = 400) -> str:
    """Return the text as it may stand in a notice; what is cut off is shown by three dots.

    EventBridge puts values into a text template as they are, so a quote would end its string.
    Source: EventBridge User Guide, input transformation.
    """
    calm = text[: most + 1].translate(_CALM)
    shown = calm if calm.isascii() and calm.isprintable() else "".join(map(_shown, calm))
    return shown if len(shown) <= most else shown[: most - 3] + "..."


def _shown(one: str) -> str:
    return one if " " <= one <= "~" else " " if one.isspace() else "?"


def harmless(text: str, most: int = 400) -> str:
    """Return plain text in which a mail program, or a chat, sees no address, no link and no mention.

    `evil.example`, `http://evil` and `@here` read `evil(.)example`, `http:(//)evil` and `(at)here`.
    """
    calm = plain(text, most).replace("@", "(at)").replace("://", ":(//)")
    return plain(_DOT_OF_A_HOST.sub("(.)", calm), most)


def called(name: str, most: int = 40) -> str:
    """Return a name or an owner in quotes, as a tag has it; empty where no letter and no digit is left."""
    calm = _OF_NO_NAME.sub("-", harmless(name.strip(), most))
    return f"'{calm}'" if any(one.isalnum() for one in calm.replace("(at)", "")) else ""
