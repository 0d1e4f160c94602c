"""How moto finds a member of a reply in its own objects, looked up once for each class and shape.

moto tries six spellings of a member's name on every object of every reply: a third of the time of a call.
Which spellings there are depends only on the object's class and the member's shape.
"""

from collections.abc import Callable, Iterator
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from moto.core.constants import MISSING
from moto.core.serialize import AttributePickerContext, XFormedAttributePicker
from moto.core.utils import get_value

Spellings: TypeAlias = tuple[str, ...]
Transform: TypeAlias = Callable[[Any], Any]
Transforms: TypeAlias = MappingProxyType[str, Transform] | dict[str, Transform]

_spellings: dict[tuple[type, object, str], Spellings] = {}


class KeptPicker(XFormedAttributePicker):  # type: ignore[misc]  # moto is not typed
    """moto's picker; it answers the same."""

    def __call__(self, context: AttributePickerContext) -> Any:  # noqa: ANN401 - a member is anything
        """Return the member that `context` asks for; None if the object has none."""
        obj = context.obj
        for name in self._names(context):
            value = get_value(obj, name, MISSING)
            if value is not MISSING:
                break
        else:
            value = None
        transform = _transform(self._endings, f"{context.key_path}.{context.key}")
        return value if transform is None else self.response_transformers[transform](value)

    @property
    def _endings(self) -> Spellings:
        return tuple(self.response_transformers)

    def _names(self, context: AttributePickerContext) -> Spellings:
        key = (type(context.obj), context.shape, context.key)
        if key not in _spellings:
            _spellings[key] = tuple(dict.fromkeys(self.get_possible_keys(context)))
        return _spellings[key]


@cache
def _transform(endings: Spellings, path: str) -> str | None:
    """Return the first of `endings` that `path` ends with."""
    found: Iterator[str] = (each for each in endings if path.endswith(each))
    return next(found, None)
