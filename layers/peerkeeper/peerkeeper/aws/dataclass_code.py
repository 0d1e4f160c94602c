"""The methods of our dataclasses as the build compiled them: a start in Lambda does not compile them again.

`dataclasses` writes the methods of a class as text and hands the text to `exec`. To compile the texts of a
function takes an eighth of its start. So the build notes each text with its code.

In: the environment, and the file of `build/compile_ahead.py` beside this one. To import this in Lambda gives
`dataclasses`, and no other module, an `exec` that takes the noted code. It compiles all other text as
ever, and all text without the file.
"""

from __future__ import annotations

import dataclasses
import marshal
import os
import sys
from collections.abc import Callable
from hashlib import blake2b
from types import CodeType

from peerkeeper.aws.collector import IN_LAMBDA

FILE = f"{__file__.rpartition('.')[0]}.{sys.implementation.cache_tag}"
"""Its name tells the Python that can read it, as with compiled modules."""


def key(text: str) -> bytes:
    """Return what stands for the text in the file."""
    return blake2b(text.encode(), digest_size=16).digest()


def code(text: str) -> CodeType:
    """Return what `exec` makes of the text in a module without `from __future__`, as `dataclasses` is one."""
    return compile(text, "<string>", "exec", dont_inherit=True)


def before_exec(noted: dict[bytes, bytes]) -> Callable[..., None]:
    """Return an `exec` that takes noted code once, so that it does not stay in memory."""

    def taken(text: str, *names: dict[str, object]) -> None:
        made = noted.pop(key(text), None)
        exec(marshal.loads(made) if made else code(text), *names)  # noqa: S102, S302 - of the standard library

    return taken


if IN_LAMBDA in os.environ and os.path.exists(FILE):  # noqa: PTH110 - pathlib costs more than it saves here
    with open(FILE, "rb") as _file:  # noqa: PTH123
        _before = before_exec(marshal.loads(_file.read()))  # noqa: S302 - the layer's own file
    vars(dataclasses)["exec"] = _before
