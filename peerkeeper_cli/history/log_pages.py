"""The functions' logs, by CloudWatch Logs Insights, page by page. In: access, a peering, a time. Out: `Past`.

A page is a week. One that is full goes on from its last line. One that fails is said, and the next is read.
A query that runs when the person ends the command is stopped.
Source: CloudWatch Logs API reference, StartQuery, GetQueryResults, StopQuery: at most 10,000 lines each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.history.log_line import LogLine, log_line
from peerkeeper_cli.history.past import Past
from peerkeeper_cli.reader.progress import Progress

PREFIX = "/aws/lambda/peerkeeper-"
GROUPS = tuple(
    PREFIX + one for one in ("connect-peerings", "clean-routes", "configure-vpcs", "sweep")
)
PAGE = 7 * 86400
MOST = 10_000
ENDED = frozenset({"Complete", "Failed", "Cancelled", "Timeout", "Unknown"})
QUERY = (
    "fields @timestamp, @message "
    '| filter @message like "{pcx}" or message = "written again and again" '
    "| sort @timestamp asc | limit {most}"
)


class PageError(Exception):
    """A page could not be read; the words say why."""


@dataclass
class LogPages:
    """The log of one hub."""

    client: Any
    place: str
    progress: Progress
    pause: Callable[[float], None] = time.sleep
    unreadable: int = field(default=0, init=False)
    _read: set[str] = field(default_factory=set, init=False)
    """The lines that were read, as CloudWatch points at them: two pages meet in a second."""

    def read(self, pcx: str, since: float, now: float) -> Past:
        """Return what the log says of the peering. Raises ReadError where there is none, or it is closed."""
        groups = self._groups()
        begins = min(_goes_back_to(one, now) for one in groups)
        names = [str(one["logGroupName"]) for one in groups]
        lines: list[LogLine] = []
        unread: list[str] = []
        pages = [*_weeks(max(since, begins), now)]
        self.progress.add(len(pages))
        for page in pages:
            try:
                lines += self._page(names, pcx, page)
            except PageError as error:
                unread.append(f"{_day(page[0])} to {_day(page[1])}: {error}")
            self.progress.step()
        if pages and len(unread) == len(pages) and not lines:
            raise ReadError(f"the log of {self.place} could not be read: {'; '.join(unread)}")
        unread += [f"the log {name}: it is not there" for name in GROUPS if name not in names]
        source = f"the log of the hub in {self.place}"
        return Past(tuple(lines), since, begins, now, source, tuple(unread), self.unreadable)

    def _groups(self) -> list[Mapping[str, Any]]:
        try:
            pages = self.client.get_paginator("describe_log_groups").paginate(
                logGroupNamePrefix=PREFIX
            )
            found = [one for page in pages for one in page["logGroups"]]
        except (ClientError, BotoCoreError) as error:
            raise ReadError(
                f"the logs of {self.place} cannot be listed ({_why(error)}); grant logs:DescribeLogGroups. "
                "--print-policy prints the whole policy"
            ) from error
        own = [one for one in found if one["logGroupName"] in GROUPS]
        if not own:
            raise ReadError(
                f"{self.place} has no log of the functions: name the hub's region with --hub, and "
                "the hub's account first among the profiles"
            )
        return own

    def _page(
        self, groups: Sequence[str], pcx: str, page: tuple[float, float]
    ) -> Iterator[LogLine]:
        start, end = page
        while True:
            rows = self._rows(groups, pcx, start, end)
            fresh = [row for row in rows if row.get("@ptr", "") not in self._read]
            self._read |= {row.get("@ptr", "") for row in fresh}
            yield from self._lines(fresh)
            if len(rows) < MOST:
                return
            if not fresh:
                raise PageError(f"there are more than {MOST} lines within a second")
            start = _at(rows[-1])

    def _lines(self, rows: Sequence[Mapping[str, str]]) -> Iterator[LogLine]:
        for row in rows:
            line = log_line(_at(row), row.get("@message", ""))
            if line:
                yield line
            else:
                self.unreadable += 1

    def _rows(
        self, groups: Sequence[str], pcx: str, start: float, end: float
    ) -> list[Mapping[str, str]]:
        query = ""
        try:
            query = str(
                self.client.start_query(
                    logGroupNames=[*groups],
                    startTime=int(start),
                    endTime=int(end),
                    queryString=QUERY.format(pcx=pcx, most=MOST),
                    limit=MOST,
                )["queryId"]
            )
            return self._results(query)
        except (ClientError, BotoCoreError) as error:
            raise PageError(_why(error)) from error
        except KeyboardInterrupt:
            if query:
                self.client.stop_query(queryId=query)
            raise

    def _results(self, query: str) -> list[Mapping[str, str]]:
        wait = 0.2
        while True:
            said = self.client.get_query_results(queryId=query)
            if said["status"] == "Complete":
                return [{one["field"]: one["value"] for one in row} for row in said["results"]]
            if said["status"] in ENDED:
                raise PageError(f"the query ended as {said['status']}")
            self.pause(wait)
            wait = min(2.0, wait * 2)


def _weeks(start: float, end: float) -> Iterator[tuple[float, float]]:
    while start < end:
        yield start, min(start + PAGE, end)
        start += PAGE


def _goes_back_to(group: Mapping[str, Any], now: float) -> float:
    """Return from when on a log group holds lines: since it was made, or as long as they are kept."""
    made = float(group.get("creationTime", 0)) / 1000
    days = group.get("retentionInDays")
    return max(made, now - float(days) * 86400) if days else made


def _at(row: Mapping[str, str]) -> float:
    """Return a line's time in epoch seconds. Source: Logs Insights, @timestamp, in UTC."""
    text = row.get("@timestamp", "1970-01-01 00:00:00.000")
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")


def _why(error: ClientError | BotoCoreError) -> str:
    if isinstance(error, BotoCoreError):
        return str(error)
    said = error.response.get("Error", {})
    return f"{error.operation_name} says {said.get('Code')}: {said.get('Message')}"
