"""The garbage collector waits for the end of a start, and works afterwards."""

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


@pytest.mark.parametrize(
    ("before", "said"),
    [
        pytest.param("", "False True True False", id="it is held, and resumed once"),
        pytest.param(
            "gc.disable()", "False False False False", id="another holds it, and keeps it"
        ),
    ],
)
def test_a_start_holds_the_collector_and_resumes_it(before, said):
    words = [sys.executable, "-c", STARTS.format(before=before)]
    assert (
        subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
        == said.split()
    )
