"""How readable the texts are. In: the pages. Out: figures for docs, messages and docstrings.

Flesch reading ease: 206.835 - 1.015 x words a sentence - 84.6 x syllables a word (R. Flesch, 1948).
A syllable is a run of vowels here, except a silent e at the end. Code counts as a word of two syllables.
So compare the figure only with itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.contract.plain_english.passages import CODE, Kind, Page
from tests.contract.plain_english.rules import CELL, LINE, WORDS, faults
from tests.contract.plain_english.sentences import Sentence, sentences

VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True)
class Figures:
    """Figures of one group of texts. Lines and cells are 0 where there are none."""

    sentences: int
    words: int
    syllables: int
    long: int
    """Sentences of more than `WORDS` words."""
    lines: int
    long_lines: int
    cells: int
    long_cells: int
    listed: int
    """Phrases of the word list."""
    faults: int

    @property
    def words_a_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def reading_ease(self) -> float:
        return 206.835 - 1.015 * self.words_a_sentence - 84.6 * self.syllables / self.words


def figures(pages: Iterable[Page], kinds: set[Kind]) -> Figures:
    """Return the figures of the passages of these kinds. Cells and headings are no sentences."""
    kept = [
        Page(tuple(each for each in page.passages if each.kind in kinds), page.lines)
        for page in pages
    ]
    passages = [each for page in kept for each in page.passages]
    said = [sentence for each in passages for sentence in sentences(each)]
    whole = [each for each in said if each.kind not in {Kind.CELL, Kind.HEADING}]
    cells = [each for each in passages if each.kind is Kind.CELL]
    lines = [text for page in kept for _, text in page.lines]
    found = [fault for page in kept for fault in faults(page)]
    return Figures(
        sentences=len(whole),
        words=sum(len(each.words) for each in whole),
        syllables=sum(map(_syllables_of, whole)),
        long=sum(len(each.words) > WORDS for each in whole),
        lines=len(lines),
        long_lines=sum(len(line) > LINE for line in lines),
        cells=len(cells),
        long_cells=sum(each.characters > CELL for each in cells),
        listed=sum(fault.rule == "word" for fault in found),
        faults=len(found),
    )


def _syllables_of(sentence: Sentence) -> int:
    return sum(syllables(word) for word in sentence.words)


def syllables(word: str) -> int:
    """Return about how many syllables a word has."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if CODE in word or not letters:
        return 2
    silent = letters.endswith("e") and not letters.endswith("le")
    return max(1, len(VOWELS.findall(letters)) - silent)
