"""Whether an event pattern matches an event.

In: a pattern, an event. Out: yes or no. moto's matcher does the work. It does not look into arrays of
objects, so it is shown one copy of the event for each choice of their elements. As on AWS, one element
has to satisfy all of the pattern that looks into its array. Never changes the event.
"""

import itertools
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from moto.events.models import EventPattern

Value: TypeAlias = Any  # of JSON, at any depth


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Tell whether the event matches.

    Raises moto's InvalidEventPatternException for a pattern that is none.
    Source: EventBridge User Guide, event patterns, arrays.
    """
    text = json.dumps(pattern, sort_keys=True)
    matcher, keys = _matcher(text)
    return any(matcher.matches_event(one) for one in _choices(named(event, keys)))


@lru_cache(maxsize=64)
def _matcher(text: str) -> tuple[EventPattern, frozenset[str]]:
    return EventPattern.load(text), frozenset(keys_of(json.loads(text)))


def keys_of(pattern: Value) -> Iterator[str]:
    """Yield every key that the pattern names, at any depth."""
    if isinstance(pattern, dict):
        for key, inner in pattern.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(pattern, list):
        for one in pattern:
            yield from keys_of(one)


def named(value: Value, keys: frozenset[str]) -> Value:
    """Return only what the pattern names of the value: a call on a thousand resources is one choice."""
    if isinstance(value, Mapping):
        return {key: named(inner, keys) for key, inner in value.items() if key in keys}
    if isinstance(value, list):
        return [named(one, keys) for one in value]
    return value


def _choices(value: Value) -> Iterator[Value]:
    """Yield the value once for each choice of one element from each of its arrays of objects."""
    if isinstance(value, dict):
        inner = [list(_choices(one)) for one in value.values()]
        for choice in itertools.product(*inner):
            yield dict(zip(value, choice, strict=True))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for one in value:
            yield from _choices(one)
    else:
        yield value
