"""No page gets more faults of plain English than it has, and a page that is mended stays mended."""

from functools import cache

from tests.contract.plain_english.baseline import REMAINING, allowed, lowered, write
from tests.contract.plain_english.pages import page, paths
from tests.contract.plain_english.rules import faults

COMMAND = "python -m tests.contract.plain_english"


@cache
def counted():
    return {path: len(faults(page(path))) for path in paths()}


def test_no_page_has_more_faults_than_remaining_txt_allows():
    more = {
        path: f"{number}, allowed {allowed().get(path, 0)}"
        for path, number in counted().items()
        if number > allowed().get(path, 0)
    }
    assert not more, f"see each fault: PYTHONPATH=.:layers/peerkeeper {COMMAND} {' '.join(more)}"


def test_remaining_txt_is_lowered_once_a_page_has_fewer_faults():
    fewer = {
        path: f"{counted().get(path, 0)}, allowed {number}"
        for path, number in allowed().items()
        if counted().get(path, 0) < number
    }
    assert not fewer, f"write the new numbers: PYTHONPATH=.:layers/peerkeeper {COMMAND} --lower"


def test_lowering_raises_no_number_and_drops_what_is_gone():
    before = {"more.md": 3, "fewer.md": 3, "gone.md": 3}
    assert lowered({"more.md": 4, "fewer.md": 2, "new.md": 1}, before) == {
        "more.md": 3,
        "fewer.md": 2,
    }


def test_the_file_is_read_as_it_was_written(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "tests.contract.plain_english.baseline.REMAINING", tmp_path / REMAINING.name
    )
    write({"b.md": 12, "a.md": 3, "clean.md": 0})
    assert allowed() == {"a.md": 3, "b.md": 12}
