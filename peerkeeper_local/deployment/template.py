"""A CloudFormation template as plain values.

In: a YAML file. Out: dicts and lists, with `!Ref x` as `{"Ref": "x"}` and the other short forms as their
long ones. Never resolves anything.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

# libyaml's parser is ten times as fast, where PyYAML was built with it.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]  # one of two, both typed alike
    """YAML with CloudFormation's short forms."""


def _long_form(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> dict[str, Any]:
    """Return the long form of `!Tag value`.

    Source: CloudFormation User Guide, intrinsic functions.
    """
    value: Any
    match node:
        case yaml.ScalarNode():
            value = loader.construct_scalar(node)
        case yaml.SequenceNode():
            value = loader.construct_sequence(node, deep=True)
        case yaml.MappingNode():
            value = loader.construct_mapping(node, deep=True)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _long_form)


def read_template(path: Path) -> dict[str, Any]:
    """Return the template in the file. Raises OSError or yaml.YAMLError if it cannot be read."""
    return _parsed(path.read_text())


def shared_template(path: Path) -> dict[str, Any]:
    """Return the template in the file, parsed once for each text. Its readers must not change it."""
    return _parsed_once(path.read_text())


def _parsed(text: str) -> dict[str, Any]:
    template: dict[str, Any] = yaml.load(text, _Loader)  # noqa: S506  a SafeLoader
    return template


_parsed_once = lru_cache(maxsize=8)(_parsed)
