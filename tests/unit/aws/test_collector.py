"""The garbage collector waits for the end of a start in Lambda, and works afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

STARTS = """
import gc
{before}
from peerkeeper.aws import collector
said = [gc.isenabled()]
collector.resume()
said += [gc.isenabled(), gc.get_freeze_count() > 0, gc.get_threshold()[0] == collector.SELDOM]
gc.disable()
collector.resume()
print(*said, gc.isenabled())
"""
ASKS = "import gc, handler; print(gc.isenabled(), gc.get_freeze_count() > 0)"
FUNCTIONS = Path(__file__).parents[3] / "functions"
SETTINGS = {
    "PEERKEEPER_ACCOUNT": "111122223333",
    "PEERKEEPER_REGIONS": "ap-northeast-2",
    "AWS_REGION": "ap-northeast-2",
    "AWS_DEFAULT_REGION": "ap-northeast-2",
}
LAMBDA = {"LAMBDA_TASK_ROOT": "/var/task"}


@pytest.mark.parametrize(
    ("before", "environment", "said"),
    [
        pytest.param("", LAMBDA, "False True True True False", id="it is held, and resumed once"),
        pytest.param(
            "gc.disable()", LAMBDA, "False False False False False", id="another holds it"
        ),
        pytest.param("", {}, "True True False False False", id="no Lambda: it is left as it is"),
    ],
)
def test_a_start_in_lambda_holds_the_collector_and_resumes_it(before, environment, said):
    words = [sys.executable, "-c", STARTS.format(before=before)]
    ran = subprocess.run(
        words, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == said.split()


@pytest.mark.parametrize(
    "folder", sorted(path.parent.name for path in FUNCTIONS.glob("*/handler.py"))
)
def test_each_function_lets_the_collector_work_again(folder):
    code = f"import sys; sys.path.insert(0, {str(FUNCTIONS / folder)!r})\n{ASKS}"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **LAMBDA, **SETTINGS},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["True", "True"]
