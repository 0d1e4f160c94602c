"""Functions in one process that share nothing: modules, variables, logs."""

import logging
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump import FunctionReturned
from peerkeeper_local.pump.context import LambdaContext
from peerkeeper_local.pump.execution_environment import ExecutionEnvironment
from tests.local_cloud.conftest import SEOUL, Toys

TOY = Path(__file__).parent / "toy"
LEFT = LambdaContext.get_remaining_time_in_millis
"""As the local cloud has it: tests/conftest.py lets no time pass for the functions of all other tests."""


def environment(name: str, **parameters: str) -> ExecutionEnvironment:
    hub = Deployment(TOY).hub("111122223333", SEOUL, parameters)
    return ExecutionEnvironment(hub.function(name), SEOUL, {"AWS_ACCESS_KEY_ID": "a"})


def reply(environment: ExecutionEnvironment) -> dict[str, object]:
    run = environment.run({}, "request")
    assert run.error is None
    assert isinstance(run.reply, dict)
    return run.reply


def test_a_function_stays_warm_and_keeps_its_modules_from_another(toys: Toys) -> None:
    toys.order("ok")
    toys.pump.run()
    toys.order("ok")
    toys.pump.run()
    toys.pump.sweep()
    greeted, again, swept = toys.seen(FunctionReturned)
    assert [step.logs[0]["report"]["runs"] for step in (greeted, again)] == [1, 2]
    assert swept.reply["runs"] == 1


def test_each_deployment_starts_cold_with_its_own_settings() -> None:
    first = environment("Nightly")
    second = environment("Nightly", Greeting="good morning")
    assert (reply(first)["runs"], reply(first)["runs"], reply(second)["runs"]) == (1, 2, 1)
    assert (reply(first)["greeting"], reply(second)["greeting"]) == ("hello", "good morning")


def test_nothing_of_a_run_is_left_in_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("PEERKEEPER_OWN", "stray")
    before, path = dict(os.environ), sys.path[:]
    ours = ModuleType("toyshop.counter")
    monkeypatch.setitem(sys.modules, "toyshop.counter", ours)
    said = reply(environment("Nightly"))
    assert (said["profile"], said["own"]) == (None, None)
    assert dict(os.environ) == before
    assert sys.path == path
    assert not {"handler", "toyshop"} & sys.modules.keys()
    assert sys.modules["toyshop.counter"] is ours


def test_the_context_and_the_region_are_lambdas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LambdaContext, "get_remaining_time_in_millis", LEFT)
    began = time.monotonic()
    said = reply(environment("Nightly"))
    took = (time.monotonic() - began) * 1000 + 1
    assert said["name"] == "peerkeeper-Nightly"
    assert said["arn"] == f"arn:aws:lambda:{SEOUL}:111122223333:function:peerkeeper-Nightly"
    assert (said["memory"], said["region"], said["request"]) == ("256", SEOUL, "request")
    assert isinstance(said["left"], int)
    assert 20_000 - took <= said["left"] <= 20_000


def test_a_handler_that_cannot_be_loaded_is_a_failed_run_and_is_tried_again(
    tmp_path: Path,
) -> None:
    hub = Deployment(TOY).hub("111122223333", SEOUL)
    handler = tmp_path / "handler.py"
    handler.write_text("import no_such_module\n")
    moved = replace(hub.function("Nightly"), folder=tmp_path)
    environment = ExecutionEnvironment(moved, SEOUL, {})
    assert "no_such_module" in (environment.run({}, "r").error or "")
    handler.write_text("def lambda_handler(event, context):\n    return 'fine'\n")
    run = environment.run({}, "r")
    assert (run.reply, run.error) == ("fine", None)


def test_log_lines_and_prints_are_kept_apart_and_off_the_terminal(
    toys: Toys, capsys: pytest.CaptureFixture[str]
) -> None:
    own = logging.getLogger("peerkeeper").handlers
    toys.order("ok", "ok")
    toys.pump.run()
    (returned,) = toys.seen(FunctionReturned)
    (line,) = returned.logs
    assert (line["message"], line["level"]) == ("greeted", "INFO")
    assert line["report"] == {"runs": 1, "bodies": 2}
    assert returned.printed == ("metrics",)
    assert capsys.readouterr().out == ""
    assert logging.getLogger("peerkeeper").handlers is own
