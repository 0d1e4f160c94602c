"""Where a function runs: its own modules, its own environment variables, its own cold start.

In: a function of the deployment and its credentials. Out: the handler's reply. Four functions share one
process here, and must not share what Lambda keeps apart. So the handler and the layer's modules that hold
clients, pace or logs are imported again for each function, and put aside between its runs. The layer's rooms
below those decide and keep nothing; they are imported once. Not safe for two runs at once; the pump runs
one after the other.
"""

import contextlib
import importlib
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from peerkeeper_local.deployment import Function
from peerkeeper_local.pump.context import LambdaContext
from peerkeeper_local.pump.logs import captured

Handler: TypeAlias = Callable[[Any, LambdaContext], object]

_LAMBDA_SETS = ("AWS_", "PEERKEEPER_", "POWERTOOLS_")

_KEEP_STATE = ("aws", "telemetry", "runner", "sweep_runner")
"""The layer's rooms that hold clients, pace and logs. No room below them imports one of them."""
_imported: dict[tuple[str, ...], dict[str, ModuleType]] = {}
"""By the layers' folders: the modules of all other rooms that some function has imported."""


@dataclass(frozen=True, slots=True)
class Run:
    """The result of one run; `error` is a traceback."""

    reply: object
    logs: tuple[dict[str, Any], ...]
    printed: tuple[str, ...]
    error: str | None


class ExecutionEnvironment:
    """One function, started cold at its first run and kept warm after it."""

    def __init__(
        self,
        function: Function,
        region: str,
        credentials: Mapping[str, str],
        now: Callable[[], float] = time.time,
    ) -> None:
        self._function = function
        self._now = now
        self._variables = {**function.environment, **_reserved(function, region), **credentials}
        self._folders = [str(folder.resolve()) for folder in (function.folder, *function.layers)]
        self._own = frozenset(name for folder in self._folders for name in _modules_in(folder))
        self._beginnings = tuple(self._own)
        """How their names begin: that is enough to pass over most of 2,000 modules."""
        self._shared = _imported.setdefault(tuple(self._folders[1:]), {})
        self._modules: dict[str, ModuleType] = {}
        self._handler: Handler | None = None

    def run(self, event: object, request_id: str) -> Run:
        """Run the handler. What it raises is in the outcome, as Lambda keeps it from the caller."""
        reply, error = None, None
        if self._handler is None:
            error = self._start()
        logger = self._variables.get("POWERTOOLS_SERVICE_NAME", "peerkeeper")
        with self._entered(), captured(logger) as output:
            if self._handler is not None:
                try:
                    context = LambdaContext.of(self._function, request_id, self._now)
                    reply = self._handler(event, context)
                except Exception:  # whatever it is, Lambda reports it and goes on
                    error = traceback.format_exc()
        return Run(reply, tuple(output.logs), tuple(output.printed), error)

    def _start(self) -> str | None:
        """Import the handler; return the traceback if that fails. The next run tries again."""
        module, _, name = self._function.handler.rpartition(".")
        self._modules = dict(self._shared)  # all of it, or classes of two imports would meet
        with self._entered(), captured("peerkeeper"):
            try:
                importlib.invalidate_caches()
                self._handler = getattr(importlib.import_module(module), name)
            except Exception:  # a handler that cannot be loaded is a failed run
                return traceback.format_exc()
        self._shared |= {name: it for name, it in self._modules.items() if _is_stateless(name)}
        return None

    @contextlib.contextmanager
    def _entered(self) -> Iterator[None]:
        """Swap in the function's modules, paths and variables; put all back afterwards."""
        path, variables = sys.path[:], dict(os.environ)
        others = self._take_modules()
        sys.modules.update(self._modules)
        sys.path[:0] = self._folders
        kept = {k: v for k, v in variables.items() if not k.startswith(_LAMBDA_SETS)}
        _set_environment({**kept, **self._variables})
        try:
            yield
        finally:
            _set_environment(variables)
            sys.path[:] = path
            self._modules = self._take_modules()
            sys.modules.update(others)

    def _take_modules(self) -> dict[str, ModuleType]:
        some = [name for name in sys.modules if name.startswith(self._beginnings)]
        names = [name for name in some if name.partition(".")[0] in self._own]
        return {name: sys.modules.pop(name) for name in names}


def _modules_in(folder: str) -> Iterator[str]:
    for path in Path(folder).iterdir():
        if path.suffix == ".py" or (path / "__init__.py").exists():
            yield path.stem


def _is_stateless(module: str) -> bool:
    package, _, rest = module.partition(".")
    return package == "peerkeeper" and rest != "" and rest.partition(".")[0] not in _KEEP_STATE


def _set_environment(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)


def _reserved(function: Function, region: str) -> dict[str, str]:
    """Return what Lambda itself sets. Source: Lambda developer guide, runtime variables."""
    return {
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    }
