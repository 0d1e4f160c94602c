"""A property test of the gate draws the same each time, whatever ran before it and whatever is loaded."""

import hashlib
import os
import sys
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from tests.properties.messages import BODIES

pytestmark = pytest.mark.skipif(
    os.environ.get("HYPOTHESIS_PROFILE", "gate") not in ("", "gate"),
    reason="`soak` draws by chance",
)


def drawn() -> str:
    """Return a digest of what a property test of messages draws."""
    seen = hashlib.sha256()

    @budget(max_examples=100)
    @given(st.lists(BODIES, max_size=10), st.text(), st.integers())
    def look(bodies, text, number):
        seen.update(repr((bodies, text, number)).encode())

    look()
    return seen.hexdigest()


def test_the_same_is_drawn_again():
    assert drawn() == drawn()


def test_what_is_drawn_hangs_on_no_module_that_happens_to_be_loaded(monkeypatch, tmp_path):
    before = drawn()
    file = tmp_path / "odd.py"
    file.write_text(
        f"ODD = {[f'odd constant {n}' for n in range(500)]}\nMORE = {[*range(7000, 7400)]}"
    )
    odd = ModuleType("odd")
    odd.__file__ = str(file)
    monkeypatch.setitem(sys.modules, "odd", odd)
    assert drawn() == before


def test_no_property_test_is_timed():
    assert budget().deadline is None
    assert budget().derandomize
