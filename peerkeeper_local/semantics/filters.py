"""Describe filters, as EC2 applies them. In: documents and the Filters sent. Out: those that match.

Filters are ANDed, the values of one are ORed, case counts. `*` stands for any text, `?` for at most one
character, and a backslash before a character for that character. A filter on a list inside the document
matches if any element does. So several route.* filters are ANDed for each table, not for each route.
Sources: EC2 API (Filters of each Describe operation); EC2 User Guide, find your resources.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from peerkeeper_local.semantics.refusal import Refusal

Document = dict[str, Any]
Paths = Mapping[str, tuple[str, ...]]
TAG = "tag:"
"""Stands before a tag's key, where a path leads to the value of one tag."""
WILDCARDS = {"*": ".*", "?": ".?"}
_PARTS = re.compile(r"\\.|.", re.DOTALL)
"""A character of a filter's value, with the backslash before it."""
TAG_FILTERS: Paths = {"tag-key": ("Tags", "Key"), "tag-value": ("Tags", "Value")}


def matching(
    documents: Iterable[Document], filters: Iterable[Mapping[str, Any]], paths: Paths
) -> list[Document]:
    """Return the documents that pass every filter; `paths` says where each filter's values are.

    Raises Refusal (InvalidParameterValue) for a filter that EC2 does not know.
    """
    asked = [(path_of(each, paths), *_wanted(each.get("Values", []))) for each in filters]
    if not asked:
        return list(documents)
    return [
        document
        for document in documents
        if all(_matches(values_at(document, path), plain, odd) for path, plain, odd in asked)
    ]


def respelt(
    filters: Iterable[Mapping[str, Any]], spellings: Mapping[str, Mapping[str, str]]
) -> list[Mapping[str, Any]]:
    """Return the filters with the values of some spelt as documents have them.

    `spellings`: by the filter's name, how a value that may be sent is shown.
    """
    return [
        {**each, "Values": [known.get(value, value) for value in each.get("Values", [])]}
        if (known := spellings.get(each.get("Name", "")))
        else each
        for each in filters
    ]


def path_of(sent: Mapping[str, Any], paths: Paths) -> tuple[str, ...]:
    """Return where the values of one filter are found. Filters on tags work everywhere.

    `tag-value` is no longer documented, and still taken. Source: observed.
    """
    name = sent.get("Name", "null")
    if name.startswith("tag:"):
        return (TAG, name[4:])
    if name in TAG_FILTERS:
        return TAG_FILTERS[name]
    if name not in paths:
        raise Refusal("InvalidParameterValue", f"The filter '{name}' is invalid")
    return paths[name]


def kebab(name: str) -> str:
    """Return a key of a document as filters spell it: VpcId is vpc-id."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


def values_at(document: Document, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the text of every value found along `path`, through lists."""
    if path[0] in (TAG, "Tags"):
        tags = (
            document.get("Tags") or document.get("TagSet") or ()
        )  # an interface calls them TagSet
        if path[0] == TAG:
            yield from (tag["Value"] for tag in tags if tag["Key"] == path[1])
        else:
            yield from (tag[path[1]] for tag in tags)
        return
    yield from _walk(document, path)


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401 - any part of a reply
    if type(value) is str and not path:
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _walk(each, path)
    elif path:
        if isinstance(value, Mapping) and path[0] in value:
            yield from _walk(value[path[0]], path[1:])
    else:
        yield _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _wanted(values: Sequence[str]) -> tuple[Sequence[str], list[re.Pattern[str]]]:
    """Return the values that are looked for as they are, and the patterns of the others."""
    odd = [text for text in values if "*" in text or "?" in text or "\\" in text]
    if not odd:
        return values, []
    return [text for text in values if text not in odd], [_pattern(text) for text in odd]


def _matches(
    values: Iterable[str], plain: Sequence[str], patterns: Sequence[re.Pattern[str]]
) -> bool:
    return any(
        value in plain or any(pattern.fullmatch(value) for pattern in patterns) for value in values
    )


@lru_cache(maxsize=4096)
def _pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of a value. A backslash at its end stands for itself (assumed)."""
    parts = (
        WILDCARDS.get(part) or re.escape(part.removeprefix("\\") or part)
        for part in _PARTS.findall(text)
    )
    return re.compile("".join(parts), re.DOTALL)
