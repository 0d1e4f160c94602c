"""Every text that is counted is plain English, by the rules."""

import pytest

from tests.contract.plain_english.pages import page, paths
from tests.contract.plain_english.rules import faults


@pytest.mark.parametrize("folder", sorted({path.partition("/")[0] for path in paths()}))
def test_no_text_has_a_fault(folder):
    found = [
        f"{path}:{each.line}: {each.rule}: {each.words} -> {each.remedy}"
        for path in paths()
        if path.partition("/")[0] == folder
        for each in faults(page(path))
    ]
    assert not found, "\n".join(found)
