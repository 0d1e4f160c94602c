"""The garbage collector waits for the end of a start in Lambda, and works afterwards."""

import os
import subprocess
import sys

import pytest

STARTS = """
import gc
{before}
from peerkeeper.aws import collector
said = [gc.isenabled()]
collector.resume()
said += [gc.isenabled(), gc.get_freeze_count() > 0]
gc.disable()
collector.resume()
print(*said, gc.isenabled())
"""
LAMBDA = {"AWS_LAMBDA_FUNCTION_NAME": "peerkeeper-sweep"}


@pytest.mark.parametrize(
    ("before", "environment", "said"),
    [
        pytest.param("", LAMBDA, "False True True False", id="it is held, and resumed once"),
        pytest.param("gc.disable()", LAMBDA, "False False False False", id="another holds it"),
        pytest.param("", {}, "True True False False", id="no Lambda: it is left as it is"),
    ],
)
def test_a_start_in_lambda_holds_the_collector_and_resumes_it(before, environment, said):
    words = [sys.executable, "-c", STARTS.format(before=before)]
    ran = subprocess.run(
        words, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == said.split()
