"""Compile the layer for the Python that runs this: its modules, and the methods of our dataclasses.

In: the folder that holds the layer's packages; botocore must be importable. Out: `__pycache__` in each
package, and the file that `peerkeeper/aws/dataclass_code.py` reads. Lambda cannot keep what it
compiles, so it would do so at each cold start.

Run: python compile_ahead.py FOLDER
"""

import compileall
import dataclasses
import importlib
import marshal
import os
import pkgutil
import sys
from pathlib import Path
from py_compile import PycInvalidationMode
from types import CodeType, ModuleType


class CompileError(Exception):
    """A module is no Python; what it is was printed."""


def modules(folder: Path) -> None:
    """Compile every module below the folder; what is made does not name the folder. Raises CompileError."""
    mode = PycInvalidationMode.UNCHECKED_HASH
    if not compileall.compile_dir(
        folder, quiet=1, force=True, invalidation_mode=mode, stripdir=folder
    ):
        raise CompileError(f"not all modules in {folder} compile")


def dataclass_code(ours: ModuleType) -> tuple[Path, int]:
    """Import all modules of the package; return the file with the code of its dataclasses, and how many."""
    os.environ.pop("LAMBDA_TASK_ROOT", None)  # or the file of an earlier run would be used
    reader = importlib.import_module(f"{ours.__name__}.aws.dataclass_code")
    noted: dict[bytes, bytes] = {}

    def note(text: str, *names: dict[str, object]) -> None:
        made: CodeType = reader.code(text)
        noted[reader.key(text)] = marshal.dumps(made)
        exec(made, *names)  # noqa: S102 - the standard library's own text

    vars(dataclasses)["exec"] = note
    for one in pkgutil.walk_packages(ours.__path__, f"{ours.__name__}."):
        importlib.import_module(one.name)
    path = Path(reader.FILE)
    path.write_bytes(marshal.dumps(noted))
    return path, len(noted)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: compile_ahead.py FOLDER")
    layer = Path(sys.argv[1]).absolute()
    sys.path.insert(0, str(layer))
    try:
        modules(layer)
        file, texts = dataclass_code(importlib.import_module("peerkeeper"))
    except CompileError as error:
        sys.exit(f"compile_ahead: {error}")
    print(f"methods of dataclasses: {texts} texts, {file.stat().st_size:,} bytes")  # noqa: T201
