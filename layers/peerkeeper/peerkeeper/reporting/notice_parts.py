"""The parts of a notice, each a line that a person reads: what, why, who, what to do, one command, one page.

In: facts about a peering, about many, or about a VPC. Out: `NoticeParts`; as JSON values, with the chat form.
A mail has the parts as its lines: template.yaml, NoticeRule. A stranger may have set the tags of names and
owners, so each passes `called`. What findings say passes `harmless`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peerkeeper.reporting import chat_form
from peerkeeper.reporting.chat_form import code, custom_notification, marked
from peerkeeper.reporting.console_links import console_link
from peerkeeper.reporting.plain_text import called, harmless, plain
from peerkeeper.values.aws_commands import everything, explain
from peerkeeper.values.ec2 import Location
from peerkeeper.values.notice_facts import Said

MOST_SUBJECT = 100
"""Characters of a subject that SNS takes, in ASCII. Source: SNS API reference, Publish."""
MOST_WHY, MOST_END, MOST_DO, MOST_COMMAND = 1000, 250, 400, 900
_COMMAND_AT_END = re.compile(r"; to [^;:]+: aws ec2 [^;]+$")
_ID = re.compile(r"\b(?:pcx|vpc|rtb)-[0-9a-f]{8,17}\b")
EXPLAINS = "All causes, and how to fix them"


@dataclass(frozen=True, slots=True)
class NoticeParts:
    """One notice. Every part is one line. `console` may be empty."""

    kind: str
    where: Location
    what: str
    """What happened to what, with ids and without names."""
    subject: str
    """The same with names."""
    why: str
    ends: tuple[str, ...]
    """Whose it is: the requester's VPC and the accepter's, with owners."""
    do: str
    """Ends with a colon: the command comes next."""
    command: str
    console: str
    ids: tuple[str, ...]
    """What it is about, the peering first."""
    thread: str
    codes: tuple[str, ...] = ()
    more: str = ""
    """A second command, which shows everything."""

    def to_dict(self) -> dict[str, Any]:
        """Return the notice as JSON values: the lines of a mail, and the chat form."""
        return {
            "subject": self.subject,
            "why": self.why,
            "who": " ".join(self.ends),
            "do": self.do,
            "command": self.command,
            "console": self.console or f"no page of {self.where.region} is known",
            "chat": self._chat(),
        }

    def _chat(self) -> dict[str, object]:
        steps = [f"{marked(self.do, chat_form.MOST_STEP)} {code(self.command)}"]
        if self.more:
            steps.append(f"{EXPLAINS}: {code(self.more)}")
        if self.console:
            steps.append(f"Console of account {self.where.account_id}: {self.console}")
        ends = (marked(end, chat_form.MOST_END) for end in self.ends)
        return custom_notification(
            title=marked(self.subject, chat_form.MOST_TITLE),
            lines=[marked(self.why, chat_form.MOST_WHY), *ends],
            steps=steps,
            keywords=["Peerkeeper", *self.codes],
            thread=self.thread,
            summary=self.what,
            kind=self.kind,
            resources=self.ids,
            context={"account": self.where.account_id, "region": self.where.region},
        )


def parts(
    kind: str,
    where: Location,
    what: str,
    *,
    of: str,
    title: str,
    why: str,
    ends: Iterable[str],
    names: Said,
    to_run: tuple[str, str],
    page: str,
    ids: tuple[str, ...],
    thread: str = "",
    codes: tuple[str, ...] = (),
) -> NoticeParts:
    """Return the parts, each made harmless, cut to its length and with names beside the ids.

    `of` is the id that it is about, and `title` what the subject says after it. `page` is the id to open.
    """
    quoted = {id_: called(name) for id_, name in names}
    more = explain(of, where.region) if of.startswith("pcx-") else ""
    does, command = to_run
    fits = command and len(command) <= MOST_COMMAND
    run = plain(command if fits else more or everything(where.region), MOST_COMMAND)
    return NoticeParts(
        kind,
        where,
        plain(f"{what}: {of}", MOST_SUBJECT),
        plain(f"{what}: {of} {title}".rstrip(), MOST_SUBJECT),
        _sentence(with_names(why, quoted, MOST_WHY)),
        tuple(_sentence(with_names(end, quoted, MOST_END)) for end in ends),
        _sentence(with_names(does, quoted, MOST_DO)),
        run,
        console_link(where, page),
        ids,
        thread or of,
        codes,
        more if more != run else "",
    )


def _sentence(text: str) -> str:
    """Return the text as a sentence; one that begins with an id keeps its small letter."""
    first = text.partition(" ")[0].rstrip(",:")
    begun = text[:1].upper() + text[1:] if first.isalpha() else text
    return begun if begun.endswith((":", "...")) else f"{begun}."


def with_names(text: str, quoted: Mapping[str, str], most: int) -> str:
    """Return the text with the name after each id that has one."""

    def name(found: re.Match[str]) -> str:
        return f"{found[0]} {quoted.get(found[0], '')}".rstrip()

    return plain(_ID.sub(name, text), most)


def so_and_advice(cause: str, pcx_id: str = "") -> tuple[str, str]:
    """Return the two halves of a finding's message: the fact and the advice. A semicolon parts them.

    A command at the end of the advice stays out: it follows the choice that `explain` shows.
    """
    so, _, advice = _COMMAND_AT_END.sub("", cause).removeprefix(f"{pcx_id} waits: ").partition("; ")
    return harmless(so, MOST_WHY), harmless(advice, MOST_DO)
