"""What plain English asks of one sentence, one cell and one line. In: values. Out: `Fault`s, in order.

| what | at most |
|---|---|
| characters of a source line of prose | 120 |
| characters of a table cell as shown, code included | 200 |
| words of a sentence; code is one word | 25 |
| semicolons and colons in a sentence, after its label; in a message those beside code do not count | 1 |
| the word `which` in a sentence | 1 |
| negatives in a clause | 1 |
| bookish phrases, inversions, sentences with a clause as subject | 0 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.contract.plain_english.passages import CODE, Kind, Page
from tests.contract.plain_english.sentences import Sentence, sentences
from tests.contract.plain_english.word_list import ANY, PHRASES

LINE = 120
CELL = 200
WORDS = 25
UNBREAKABLE = 80
"""A line may be longer if it has a word of so many characters, such as the address of a link."""
PAUSES = re.compile(r";|:(?=\s)")
BESIDE_CODE = re.compile(rf"(?<={CODE});|:(?=\s{CODE})")
"""A message keeps a full stop off a command, so that a reader copies the command only."""
LABEL = re.compile(r"^\W*[\w`…]+(?: [\w`…]+){0,2}:\s")
"""`Out: …`, `For a fleet: …`: a colon that costs a reader nothing."""
NEGATIVES = re.compile(
    r"\b(?:[Nn]ot|[Nn]ever|[Nn]o|[Nn]othing|[Nn]obody|none|nowhere|cannot|[Ww]ithout|unless|\w+n't)\b"
)
VERB = r"(?:does|do|did|is|are|was|were|has|have|had|can|could|may|might|must|will|would)"
INVERTED = re.compile(
    rf"^(?:Never|Nowhere|Seldom|Rarely|Not|Only (?:then|there|so)|So|Such|Gone|Neither|Nor) {VERB}\b"
    rf"|[,;:] (?:nor|neither|so) {VERB}\b|^Of (?:the|these|those|all|its|their|them|it)\b",
)
CLAUSE_FIRST = re.compile(r"^(?:What|Who|Whose|Whoever|Whatever|Whether|That which)\b")
WHERE_FIRST = re.compile(r"^Where\b[^,:]*,(?! (?:and|or)\b)")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to write otherwise."""

    line: int
    rule: str
    words: str
    remedy: str


def faults(page: Page) -> list[Fault]:
    """Return all faults of a page, by line."""
    found = [fault for number, text in page.lines for fault in _line(number, text)]
    for passage in page.passages:
        if passage.kind is Kind.CELL and passage.characters > CELL:
            said = f"{passage.characters} characters: {passage.text[:40]}…"
            found.append(Fault(passage.line, "cell", said, f"at most {CELL}: make it a section"))
        for sentence in sentences(passage):
            found += _sentence(sentence)
    return sorted(found)


def _line(number: int, text: str) -> Iterator[Fault]:
    if len(text) > LINE and max(map(len, text.split())) < UNBREAKABLE:
        yield Fault(number, "line", f"{len(text)} characters", f"at most {LINE}: break it")


def _sentence(sentence: Sentence) -> Iterator[Fault]:
    line, text = sentence.line, sentence.text
    for phrase, remedy in PHRASES if ANY.search(text) else ():
        for found in phrase.finditer(text):
            yield Fault(line, "word", _around(text, found), remedy)
    if found := INVERTED.search(text):
        yield Fault(line, "inversion", _around(text, found), "subject first, then the verb")
    for clause in sentence.clauses:
        if len(NEGATIVES.findall(clause)) > 1:
            yield Fault(
                line, "negatives", clause.strip()[:60], "say what is, or make two sentences"
            )
    if sentence.kind is not Kind.HEADING:
        yield from _one_idea(sentence)


def _one_idea(sentence: Sentence) -> Iterator[Fault]:
    line, text, start = sentence.line, sentence.text, sentence.text[:40] + "…"
    if len(sentence.words) > WORDS:
        said = f"{len(sentence.words)} words: {start}"
        yield Fault(line, "long", said, f"at most {WORDS}: one idea a sentence")
    inner = LABEL.sub("", text).rstrip(": ")
    if sentence.kind is Kind.MESSAGE:
        inner = BESIDE_CODE.sub("", inner)
    if (pauses := len(PAUSES.findall(inner))) > 1:
        yield Fault(line, "pauses", f"{pauses} of ; and : in: {start}", "at most 1: two sentences")
    if len(re.findall(r"\bwhich\b", text)) > 1:
        yield Fault(line, "which", start, "one `which` a sentence")
    if text.endswith(("?", ":")) or sentence.kind is Kind.CELL:
        return
    if WHERE_FIRST.search(text):
        yield Fault(line, "clause-first", start, "`If …` for a condition, `In …` for a place")
    elif sentence.kind is Kind.PROSE and CLAUSE_FIRST.search(text):
        yield Fault(line, "clause-first", start, "start with the actor, not with a clause")


def _around(text: str, found: re.Match[str]) -> str:
    start = max(0, found.start() - 20)
    return ("…" if start else "") + text[start : found.end() + 15].replace(CODE, "`")
