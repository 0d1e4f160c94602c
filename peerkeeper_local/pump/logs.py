"""What a function logs while it runs.

In: the name of its logger. Out: its log lines as JSON values. What else it prints is kept too. Nothing
reaches the terminal.
"""

import contextlib
import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_PLAIN = frozenset(vars(logging.makeLogRecord({})))


@dataclass(slots=True)
class Output:
    """Log lines and printed lines of one run."""

    logs: list[dict[str, Any]] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)


class _Lines(logging.Handler):
    """Keeps each record as the JSON that the logger's own formatter makes of it."""

    def __init__(self, formatters: list[logging.Formatter], lines: list[dict[str, Any]]) -> None:
        super().__init__()
        self._formatters = formatters
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        for formatter in self._formatters:
            with contextlib.suppress(ValueError):
                line = json.loads(formatter.format(record))
                if isinstance(line, dict):
                    self._lines.append(line)
                    return
        extras = {key: value for key, value in vars(record).items() if key not in _PLAIN}
        self._lines.append({"level": record.levelname, "message": record.getMessage(), **extras})


@contextlib.contextmanager
def captured(logger_name: str) -> Iterator[Output]:
    """Gather what is logged through the logger, or printed, inside the block."""
    logger = logging.getLogger(logger_name)
    own, output, printed = logger.handlers, Output(), io.StringIO()
    formatters = [handler.formatter for handler in own if handler.formatter]
    logger.handlers = [_Lines(formatters, output.logs)]
    try:
        with contextlib.redirect_stdout(printed):
            yield output
    finally:
        logger.handlers = own
        output.printed.extend(line for line in printed.getvalue().splitlines() if line.strip())
