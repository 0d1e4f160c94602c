"""CloudWatch's metric math, as far as the templates use it, at one point in time.

In: an expression, and each metric's value or None where there is no data. Out: the expression's value, or
None. A function, a name or a sign that is not known here is an error that names it.

Source of syntax and order: CloudWatch User Guide, using math expressions. If data is missing, there is no
result. SUM leaves that metric out, and FILL replaces it. Assumed: a metric that has always been empty is
like one that is empty in this period, except that FILL has nothing to fill.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Value: TypeAlias = float | None
Values: TypeAlias = Mapping[str, Value]

_TOKENS = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(==|!=|<=|>=|&&|\|\||[-+*/<>(),]))")
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
    "<": lambda one, other: one < other,
    ">": lambda one, other: one > other,
}
_COMPUTE: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
}


class ExpressionError(Exception):
    """The expression holds what is not known here."""


def evaluated(expression: str, values: Values, *, existing: frozenset[str] | None = None) -> Value:
    """Return what the expression gives for these values.

    `existing`: the metrics that had data at any time; all of them unless given. Raises ExpressionError.
    """
    there = frozenset(values) if existing is None else existing
    reader = _Reader([*_tokens(expression)], values, there)
    value = reader.either()
    if reader.left:
        raise ExpressionError(f"{reader.left[0]!r} is not expected in {expression!r}")
    if isinstance(value, list):
        raise ExpressionError(f"{expression!r} gives more than one series")
    return value


@lru_cache(maxsize=64)
def _tokens(expression: str) -> tuple[str, ...]:
    found, at, text = [], 0, expression.rstrip()
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None:
            raise ExpressionError(f"{text[at:].strip()[:1]!r} is not known here, in {expression!r}")
        found.append(match.group().strip())
        at = match.end()
    return tuple(found)


@dataclass
class _Reader:
    """Reads tokens from the left, and computes as it reads; OR binds least, then AND, comparisons, sums."""

    left: list[str]
    values: Values
    existing: frozenset[str]

    def either(self) -> Value | list[Value]:
        return self._logical(("OR", "||"), any, self._both)

    def _both(self) -> Value | list[Value]:
        return self._logical(("AND", "&&"), all, self._compared)

    def _logical(
        self,
        words: tuple[str, str],
        judge: Callable[[tuple[bool, bool]], bool],
        below: Callable[[], Value | list[Value]],
    ) -> Value | list[Value]:
        value = below()
        while self.left and self.left[0] in words:
            self.left.pop(0)
            other = below()
            one, two = _number(value), _number(other)
            value = None if one is None or two is None else float(judge((bool(one), bool(two))))
        return value

    def _compared(self) -> Value | list[Value]:
        value = self._sum()
        while self.left and self.left[0] in _COMPARE:
            compare = _COMPARE[self.left.pop(0)]
            one, two = _number(value), _number(self._sum())
            value = None if one is None or two is None else float(compare(one, two))
        return value

    def _sum(self) -> Value | list[Value]:
        value = self._term()
        while self.left and self.left[0] in _COMPUTE:
            compute = _COMPUTE[self.left.pop(0)]
            one, two = _number(value), _number(self._term())
            value = None if one is None or two is None else compute(one, two)
        return value

    def _term(self) -> Value | list[Value]:
        word = self._next()
        if word == "(":
            value = self.either()
            self._expect(")")
            return value
        if word[0].isdigit():
            return float(word)
        if self.left and self.left[0] == "(":
            return self._call(word)
        if word not in self.values:
            raise ExpressionError(f"{word!r} is not known here")
        return self.values[word]

    def _call(self, name: str) -> Value | list[Value]:
        if name == "METRICS":
            self._expect("(")
            self._expect(")")
            return list(self.values.values())
        if name == "FILL":
            return self._fill()
        arguments = self._arguments()
        if name == "SUM" and len(arguments) == 1 and isinstance(arguments[0], list):
            known = [value for value in arguments[0] if value is not None]
            return sum(known) if known else None
        if name == "IF" and len(arguments) == 3:
            test = _number(arguments[0])
            return None if test is None else arguments[1] if test else arguments[2]
        raise ExpressionError(f"function {name} with {len(arguments)} is not known here")

    def _fill(self) -> Value:
        self._expect("(")
        name = self._next()
        if name not in self.values:
            raise ExpressionError(f"FILL of {name!r} is not known here")
        self._expect(",")
        instead = _number(self._sum())
        self._expect(")")
        lacks = self.values[name] is None and name in self.existing
        return instead if lacks else self.values[name]

    def _arguments(self) -> list[Value | list[Value]]:
        self._expect("(")
        found = [self.either()]
        while self.left and self.left[0] == ",":
            self.left.pop(0)
            found.append(self.either())
        self._expect(")")
        return found

    def _next(self) -> str:
        if not self.left:
            raise ExpressionError("the expression ends too early")
        return self.left.pop(0)

    def _expect(self, sign: str) -> None:
        if (found := self._next()) != sign:
            raise ExpressionError(f"{found!r} stands where {sign!r} is expected")


def _number(value: Value | list[Value]) -> Value:
    if isinstance(value, list):
        raise ExpressionError("METRICS() is known here only within SUM")
    return value
