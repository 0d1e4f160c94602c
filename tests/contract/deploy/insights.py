"""The queries of CloudWatch Logs Insights that we write, run on lines of JSON.

In: a query, and the log's lines. Out: the rows it shows, without the columns that have no value. A command, a
function or a comparison that is not known here raises. Source: CloudWatch Logs user guide, query syntax:
fields, display, unnest, structure types. Logs Insights finds at most 200 fields in a line of JSON, with lists
and maps flattened: `a.b.0.c`.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

MOST_FIELDS = 200
ABSENT = object()
Record = dict[str, Any]


def rows(query: str, lines: list[dict[str, Any]]) -> list[Record]:
    """What the query shows of these lines, the last line the newest."""
    records = [_found(line, at) for at, line in enumerate(lines)]
    shown: list[str] = []
    for command in (part.strip() for part in query.split(" | ")):
        verb, _, rest = command.partition(" ")
        if verb == "fields":
            records = [_with_fields(one, rest) for one in records]
            shown += [name for _, name in _named(rest)]
        elif verb == "display":
            shown = [name for _, name in _named(rest)]
        elif verb == "filter":
            records = [one for one in records if _passes(one, rest)]
        elif verb == "unnest":
            records = [each for one in records for each in _unnested(one, rest)]
        elif command == "sort @timestamp desc":
            records.sort(key=lambda one: -one["@timestamp"])
        elif verb == "limit":
            records = records[: int(rest)]
        elif verb != "SOURCE":
            raise AssertionError(f"{command} is not known here")
    return [{n: one[n] for n in shown if one.get(n, ABSENT) is not ABSENT} for one in records]


def _found(line: dict[str, Any], at: int) -> Record:
    fields = list(_flat(line, ""))[:MOST_FIELDS]
    return {"@timestamp": at, "@message": json.dumps(line), **dict(fields)}


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, (dict, list)):
        yield path, value
        return
    for name, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _flat(one, f"{path}.{name}" if path else str(name))


def _named(rest: str) -> list[tuple[str, str]]:
    """Each expression of a list, with its name in what follows."""
    pairs = [part.split(" as ") for part in rest.split(", ")]
    return [(pair[0], pair[-1]) for pair in pairs]


def _with_fields(record: Record, rest: str) -> Record:
    """What a command makes is known only to the commands after it."""
    return {**record, **{name: _value(record, said) for said, name in _named(rest)}}


def _value(record: Record, said: str) -> Any:
    if call := re.fullmatch(r"(\w+)\((.+)\)", said):
        return FUNCTIONS[call[1]](_value(record, call[2]))
    if said in record:
        return record[said]
    first, *parts = said.split(".")
    found = record.get(first, ABSENT)
    for part in parts:
        found = found.get(part, ABSENT) if isinstance(found, dict) else ABSENT
    return found


def _stringified(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, (dict, list)) else ABSENT


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "jsonParse": json.loads,
    "jsonStringify": _stringified,
}


def _passes(record: Record, rest: str) -> bool:
    path, text = re.fullmatch(r"([\w.]+) = ['\"]([^'\"]+)['\"]", rest).groups()  # type: ignore[union-attr]
    return bool(_value(record, path) == text)


def _unnested(record: Record, rest: str) -> list[Record]:
    path, name = rest.split(" into ")
    found = _value(record, path)
    assert found is not ABSENT, path
    return [{**record, name: one} for one in (found if isinstance(found, list) else [found])]
