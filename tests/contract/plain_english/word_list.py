"""Bookish and odd phrases that these texts have used, and what to write instead.

In: nothing. Out: `PHRASES`, and `ANY` of them. Most phrases come from the docs and messages themselves.
Add one when a reader stumbles. The left side is a regular expression of whole words in any case.
"""

from __future__ import annotations

import re

PLAIN = {
    # the actor is missing or indefinite
    r"nobody|no one": "say who does not: `no administrator`, `no account`, or turn the sentence",
    r"whoever": "`anyone who`, `a person who`",
    r"whatever|whichever": "`any`, `every`, `all that`",
    r"wherever": "`in every place where`, `if`",
    r"(?:is|are|was|were|be|been|being) told": "say who tells whom: `Peerkeeper reports`",
    r"(?:tells?|told|telling) of": "`report`, `say that`",
    r"hears? of|heard of": "`learn of`, `receive`",
    r"looks? after|looked after|looking after": "`manage`, `keep`, `watch`",
    r"(?:goes|go|going|gone|went)(?= ?(?:[.,;:)]|$| away| only| if | at the | unless | as ))": (
        "`is deleted`, `ends`; say who deletes"
    ),
    # an everyday word is shorter
    r"mend(?:s|ed|ing)?": "`fix`, `repair`",
    r"anew": "`again`",
    r"besides": "`in addition to`, `also`",
    r"but for|save for|none but|nothing but|all but": "`except`, `only`",
    r"alone": "`only`, before its word; for `leave alone`: `does not change`",
    r"(?:hang|hangs|hung) on": "`depend on`",
    r"for ever": "`forever`, `always`",
    r"on top": "`in addition`",
    r"all the same": "`still`",
    r"(?:take|takes|taken|taking|took) (?:[\w`…:]+ ){0,4}away": "`remove`, `delete`",
    r"(?:becomes?|became|comes?|came) of": "`what happens to`, `the result`",
    r"of use": "`useful`",
    r"at hand|to be had": "`available`",
    r"out of reach": "`unreachable`",
    r"what is so|that is so|it is so|stays? so|keeps? (?:it|that) so|is so(?= ?[.,;:])": (
        "say what: `stays open`"
    ),
    r"knows? no|knows? neither": "`has no`",
    r"(?<=EC2 )wants|(?<=AWS )wants|(?<=IAM )wants": "`needs`, `requires`",
    r"till": "`until`",
    r"upon": "`on`",
    r"amongst|amid": "`among`",
    r"whilst": "`while`",
    r"likewise": "`also`",
    r"hence|thus|therefore|thereby|whereby|wherein|therein|thereof|thereto|therefrom|thence|henceforth": (
        "`so`, or a new sentence"
    ),
    r"in order to": "`to`",
    r"utili[sz]\w+": "`use`",
    r"lest": "`so that … does not`",
    r"of (?:its|their|one's|his|her) own accord": "`by itself`",
    r"shall|ought": "`must`, `should`",
    r"albeit|notwithstanding|heretofore|inasmuch|insofar|be it": "`although`, `as far as`",
    r"merely": "`only`",
    # the genitive is turned round
    r"of (?:its|their|our|your|one's) own"
    r"(?= ?(?:[.,;:)]|$)| (?:and|or|is|are|in|for|stays?|that|with|to)\b)": (
        "`its own` before the noun: `its own queue`"
    ),
    r"of (?:ours|theirs|yours)|of \w+(?<!\bto)'s(?= ?(?:[.,;:)]|$))": "`our route`, `Peerkeeper's key`",
    r"that of|those of|and its like|and the like": "repeat the noun",
    # two negatives, or one that hides
    r"neither|nor": "two sentences, each with `not`",
    r"not un(?!der|til|less|it|its|ique|ion|ivers|ix)\w+": "say it without `not` and `un-`",
    r"no (?:other|more|longer)(?= than)": "`only`",
    r"none (?:is|are|was|were|of|could|can|may|has|have|at)": "`no …`, with the noun",
}
PHRASES = tuple(
    (re.compile(rf"(?<![\w-])(?:{phrase})(?![\w-])", re.IGNORECASE), remedy)
    for phrase, remedy in PLAIN.items()
)
ANY = re.compile("|".join(phrase.pattern for phrase, _ in PHRASES), re.IGNORECASE)
