"""`*` and `?` in policies."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTS = 6


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = (".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)
    return re.compile("".join(pieces), re.DOTALL)


def like(text: str, pattern: str) -> bool:
    """Tell whether the text matches; `*` is any run of characters, `?` any one."""
    return bool(_compiled(pattern).fullmatch(text))


def resource_like(arn: str, pattern: str) -> bool:
    """Tell whether a statement's Resource names the ARN.

    `*` at the end of a segment goes on beyond the colon; elsewhere a wildcard ends with its segment.
    The sixth segment, which may hold its own colons, is one. Source: IAM User Guide, Resource
    element, using wildcards in resource ARNs.
    """
    return bool(_resource(pattern).fullmatch(arn))


@lru_cache(maxsize=4096)
def _resource(pattern: str) -> re.Pattern[str]:
    *inner, last = pattern.split(":", _PARTS - 1)
    segments = [_segment(one.removesuffix("*")) + one.endswith("*") * ".*" for one in inner]
    return re.compile(":".join([*segments, _compiled(last).pattern]), re.DOTALL)


def _segment(text: str) -> str:
    return "".join(
        "[^:]*" if char == "*" else "[^:]" if char == "?" else re.escape(char) for char in text
    )


def arn_like(arn: str, pattern: str) -> bool:
    """Tell whether the ARN matches, each of its six parts by itself; a single `*` matches every ARN.

    Source: IAM User Guide, ARN condition operators.
    """
    if pattern == "*":
        return True
    parts, wanted = arn.split(":", _PARTS - 1), pattern.split(":", _PARTS - 1)
    if len(parts) != len(wanted):
        return False
    return all(like(part, want) for part, want in zip(parts, wanted, strict=True))
