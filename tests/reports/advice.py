"""What reads like advice in the words of a finding, and which remedy of the closed list it is."""

from __future__ import annotations

import re
from functools import lru_cache

from tests.reports.remedies import OPERATIONS, REMEDIES, Remedy

NO_ADVICE = (
    r"a second look comes before",  # Peerkeeper itself does
    r"options? can be set once it is active",
    r"should send",
    r"AllowDnsResolutionFromRemoteVpc=true",  # an option of a command
    r"Key=[^,]*,Value=",
    r"--enable-dns-\S+ Value=true",
    r"--vpc VPCRegion=[^,]*,VPCId=",
    r"allowed(?: are|:) .*",  # the words that a tag may say
    r"^route tables?$",  # the names of a hop and of a read
    r"--port-range From=.*|--icmp-type-code Type=.*",
)

_VERBS = """
    accept add agree allow approve ask associate attach change check choose close contact correct create
    delete deploy detach disable enable end give grant increase keep leave let list look lower make merge move
    name narrow open pay put raise read redrive reduce reject release remove rename renumber replace request
    restore restart retry review revoke route run say see send set start stop switch tag take tell try turn
    unset update upgrade use wait widen withdraw write
"""
_ADVISES = re.compile(
    rf"(?:^|[;:,.(] |\b(?:or|and|must|should|please|then) )(?i:{'|'.join(_VERBS.split())})(?![\w-])"
    r"|\baws [a-z0-9]+ [a-z]|`peerkeeper |\b[A-Z][A-Za-z]+=[a-z{]|\bin [A-Z][a-z]+[A-Z]\w+|docs/[\w/-]+\.md"
    r"|\bcan be (?:set|listed|raised|granted)\b|\bneeds? to\b"
)
"""What reads like advice: a verb that begins a clause, a command, a parameter with its value, a page."""


def remedies_in(text: str) -> tuple[list[Remedy], str]:
    """Return the remedies that the text names, and the first words of advice that are none of them."""
    named = []
    for remedy in REMEDIES:
        text, count = remedy.pattern.subn("~", text)
        named += [remedy] * bool(count)
    for harmless in NO_ADVICE:
        text = re.sub(harmless, "~", text)
    known = "|".join(map(re.escape, OPERATIONS))
    text = re.sub(rf"aws (?:ec2|sts|route53) (?:\{{\}}|{known}) ", "~", text)
    found = _ADVISES.search(text)
    return named, text[found.start() : found.start() + 80] if found else ""


@lru_cache(maxsize=4096)
def unlisted(code: str, message: str) -> str:
    """Return what a finding tells people to do that is not in the list, or not under its code."""
    named, left = remedies_in(message)
    strays = [one.phrase for one in named if code not in one.codes]
    return left or (f"{code}: {strays[0]}" if strays else "")
