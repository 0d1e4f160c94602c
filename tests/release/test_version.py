"""One file says the version. Both templates repeat it, and nothing else states it."""

import re
import shutil
import subprocess

import pytest
from peerkeeper import __version__

from release import version
from tests.contract.deploy.templates import ROOT

NOT_OURS = ("requirements/", "layers/peerkeeper/requirements")
"""Files of versions of others."""
PAST = {
    "CHANGELOG.md": "what each release brought",
    "peerkeeper_cli/doctor/stack.py": "stacks of before the first release say no version",
    "tests/integration/before_consent/spoke.yaml": "a spoke as it once was",
}
"""Files that name a release of the past, which the version may be today."""
RECORDED = "tests/contract/released/"
"""What a release sent, kept in a folder of its name."""


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("no git clone: which files are the project's cannot be told")
    return listed.stdout.splitlines()


def states_it(text: str) -> bool:
    """Whether the version stands there, and not as a part of an address or of another version."""
    return bool(re.search(rf"(?<![\d.]){re.escape(__version__)}(?![\d/]|\.\d)", text))


def test_the_package_says_the_version_and_the_templates_repeat_it():
    assert version.said() == __version__
    assert version.copied() == {"template.yaml": __version__, "spoke.yaml": __version__}


def test_nothing_else_states_the_version():
    found = set()
    for name in tracked():
        path = ROOT / name
        if name.startswith((*NOT_OURS, RECORDED)) or not path.is_file():
            continue
        if states_it(path.read_bytes().decode(errors="ignore")):
            found.add(name)
    assert {version.PLACE, *version.COPIES} <= found
    assert found - {version.PLACE, *version.COPIES, *PAST} == set()


@pytest.fixture
def copy(tmp_path):
    """The files with a version, to be changed."""
    for name in (version.PLACE, *version.COPIES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_a_new_version_changes_one_line_of_each_file(copy):
    version.make("9.10.11", copy)
    assert version.said(copy) == "9.10.11"
    assert set(version.copied(copy).values()) == {"9.10.11"}
    for name in (version.PLACE, *version.COPIES):
        before, after = ((root / name).read_text().splitlines() for root in (ROOT, copy))
        changed = [old for old, new in zip(before, after, strict=True) if old != new]
        assert len(changed) == 1, name


@pytest.mark.parametrize("wrong", ["0.2", "v0.2.0", "0.2.0rc1", "01.2.0"])
def test_what_is_no_version_is_refused_and_nothing_is_written(wrong, copy):
    with pytest.raises(ValueError, match="write three numbers"):
        version.make(wrong, copy)
    assert version.said(copy) == __version__
