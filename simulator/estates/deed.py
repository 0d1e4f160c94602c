"""A write to EC2 as a value, planned or made: the same call is the same deed. In: changes, calls. Out: deeds.

What a change becomes is asked of the edge that makes it, so nothing is written down a second time.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any, NamedTuple

from peerkeeper.aws.apply import apply
from peerkeeper.values.changes import Change
from peerkeeper.values.ec2 import Location

from simulator.client import action_of
from simulator.world import Call


class Deed(NamedTuple):
    """Operation, place, and arguments as EC2 takes them."""

    action: str
    account: str
    region: str
    said: str

    def __str__(self) -> str:
        return f"{self.action} {self.account}/{self.region} {self.said}"


def planned(change: Change) -> Deed:
    """Return the call that this change is."""
    recorder = _Recorder()
    apply(recorder, change)  # type: ignore[arg-type]
    (made,) = recorder.made
    return made


def made(call: Call) -> Deed:
    """Return the call that was made."""
    return _deed(call.action, call.account, call.region, call.params)


def _deed(action: str, account: str, region: str, params: Any) -> Deed:
    return Deed(action, account, region, json.dumps(params, sort_keys=True))


class _Recorder:
    """Stands where clients stand: writes down what it is asked to do."""

    def __init__(self) -> None:
        self.made: list[Deed] = []

    def ec2(self, where: Location) -> _Client:
        return _Client(self, where)


class _Client:
    def __init__(self, recorder: _Recorder, where: Location) -> None:
        self._recorder, self._where = recorder, where

    def __getattr__(self, method: str) -> Any:
        return partial(self._call, action_of(method))

    def _call(self, action: str, **params: Any) -> dict[str, Any]:
        account, region = self._where
        self._recorder.made.append(_deed(action, account, region, params))
        return {}
