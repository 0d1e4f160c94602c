"""A notice in the form that Amazon Q Developer in chat applications reads (it was AWS Chatbot).

In: a notice's parts. Out: a custom notification, as JSON values. Source: Amazon Q Developer in chat
applications Administrator Guide, custom notifications: version 1.0, source custom, textType client-markdown.

A chat reads titles and descriptions as its own markdown, with emojis and mentions. So what strangers wrote
into tags must not get there as it is. Every word that is more than letters and a mark stands in a code span.
Slack and Teams read no markup there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from peerkeeper.reporting.plain_text import plain

MOST_BLOCK = 3000
"""Characters of one block of text in Slack. Source: Slack, reference of block kit, section block."""
MOST_TITLE, MOST_WHY, MOST_END, MOST_STEP = 200, 2000, 400, 1500
"""Characters of each part, in markdown: the lines of a description stay under a block together."""
_PARTS = re.compile(r"([('\"]*)(.*?)([.,;:)'\"]*)")
_WORD = re.compile(r"[A-Za-z]+(?:[-'][A-Za-z]+)*|[0-9]{1,4}|")


def marked(text: str, most: int) -> str:
    """Return plain text as markdown that shows just this text; whole words are left out at its end."""
    shown = ""
    for token in plain(text, most).split():
        longer = f"{shown} {_marked(token)}".lstrip()
        if len(longer) > most - 4:
            return f"{shown} ..."
        shown = longer
    return shown


def code(text: str) -> str:
    """Return plain text, such as a command, as one code span."""
    return f"`{plain(text, MOST_STEP)}`"


def _marked(token: str) -> str:
    read = _PARTS.fullmatch(token)
    before, word, after = read.groups() if read else ("", token, "")
    if _WORD.fullmatch(word):
        return token
    return f"{before}`{word}`{after}"


def custom_notification(
    *,
    title: str,
    lines: Sequence[str],
    steps: Sequence[str],
    keywords: Sequence[str],
    thread: str,
    summary: str,
    kind: str,
    resources: Sequence[str],
    context: Mapping[str, str],
) -> dict[str, object]:
    """Return the notification. Title, lines and steps are markdown by now; all else is shown as it is."""
    return {
        "version": "1.0",
        "source": "custom",
        "content": {
            "textType": "client-markdown",
            "title": title,
            "description": "\n".join(lines),
            "nextSteps": list(steps),
            "keywords": list(keywords),
        },
        "metadata": {
            "threadId": thread,
            "summary": summary,
            "eventType": kind,
            "relatedResources": list(resources),
            "additionalContext": dict(context),
        },
    }
