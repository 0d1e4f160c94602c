"""What `make release-check` says of a repository, and that it builds from a clone, never from the folder."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from release import build, changelog, check, tick
from release.tick import Mark, Tick
from release.version import COPIES, PLACE, said
from tests.contract.deploy.templates import ROOT

TODAY = date(2027, 1, 31)
GOOD = "# Changelog\n\n## 1.2.3 - 2027-01-30\n\n### Upgrade\n\n- Nothing.\n\n## 1.2.2 - 2026-01-01\n\nOld.\n"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (GOOD, None),
        (GOOD.replace("1.2.3", "1.2.4"), "no section: write `## 1.2.3 - 2027-01-31`"),
        (GOOD.replace(" - 2027-01-30", ""), "`## 1.2.3` has no date"),
        (GOOD.replace("2027-01-30", "2027-02-01"), "is a day to come"),
        (GOOD.replace("### Upgrade", "### Added"), "lacks `### Upgrade`"),
        (
            GOOD.replace("# Changelog\n", "# Changelog\n\n## Unreleased\n\n- new\n"),
            "begins with `## Unreleased`",
        ),
        ("# Changelog\n", "no section"),
    ],
)
def test_the_changelog_is_dated_and_says_what_an_upgrade_needs(page, words):
    found = list(changelog.faults(page, "1.2.3", TODAY))
    assert len(found) == bool(words)
    assert not words or words in found[0]


def test_the_notes_are_the_section_of_the_version_and_no_more():
    assert changelog.notes(GOOD, "1.2.3") == "### Upgrade\n\n- Nothing."
    assert changelog.notes(GOOD, "1.2.4") == ""


def git(at: Path, *words: str) -> None:
    named = ["-c", "user.name=a", "-c", "user.email=a@b.test", "-c", "tag.gpgsign=false"]
    subprocess.run(["git", *named, *words], cwd=at, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path):
    """A repository with all that a release needs of its files."""
    for name in (PLACE, *COPIES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text())
    (tmp_path / "CHANGELOG.md").write_text(GOOD.replace("1.2.3", said()).replace("2027", "2025"))
    samples = tmp_path / "tests/contract/released" / said()
    samples.mkdir(parents=True)
    (samples / "hand_offs.json").write_text("{}")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "All")
    return tmp_path


def marks(root) -> dict[str, Mark]:
    return {one.name: one.mark for one in check.of_the_tree(root)}


WELL = {"clean": Mark.GOOD, "version": Mark.GOOD, "changelog": Mark.GOOD, "samples": Mark.GOOD}


def test_a_repository_that_is_ready_lacks_its_tag_alone(repository):
    assert marks(repository) == {**WELL, "tag": Mark.LATER}
    git(repository, "tag", "-a", f"v{said()}", "-m", "it")
    assert marks(repository) == {**WELL, "tag": Mark.GOOD}


def test_a_tag_of_another_commit_is_bad(repository):
    git(repository, "tag", f"v{said()}")
    git(repository, "commit", "-q", "--allow-empty", "-m", "More")
    assert marks(repository) == {**WELL, "tag": Mark.BAD}


@pytest.mark.parametrize(
    ("name", "text", "bad"),
    [
        ("spoke.yaml", "Resources: {}\n", "version"),
        ("CHANGELOG.md", "# Changelog\n", "changelog"),
        (PLACE, '__version__ = "9.9.9"\n', "samples"),
        ("new.txt", "", "clean"),
    ],
)
def test_each_fault_is_bad_and_says_what_to_do(repository, name, text, bad):
    (repository / name).write_text(text)
    found = {one.name: one for one in check.of_the_tree(repository)}
    assert found[bad].mark is Mark.BAD
    assert found[bad].seen
    assert found[bad].then or "write" in found[bad].seen


def test_wheel_and_sdist_are_built_of_what_is_committed(tmp_path):
    clone = tmp_path / "clone"
    try:
        git(tmp_path, "clone", "-q", str(ROOT), str(clone))
    except subprocess.CalledProcessError:
        pytest.skip("no git clone: there is nothing to clone")
    (tmp_path / "out").mkdir()
    seen, faults = build.distributions(clone, tmp_path / "out")
    now = said(clone)
    assert faults == []
    assert seen == f"peerkeeper-{now}-py3-none-any.whl, peerkeeper-{now}.tar.gz"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"Metadata-Version: 2.4\nName: p\nVersion: 1\nLicense-Expression: MIT\n", []),
        (
            b"Metadata-Version: 2.4\nName: p\nVersion: 2\nLicense-Expression: MIT\n",
            ["is of 2, not of 1"],
        ),
        (b"Metadata-Version: 2.4\nName: p\nVersion: 1\n", ["names no licence"]),
    ],
)
def test_metadata_of_another_version_or_without_a_licence_is_a_fault(text, words):
    assert build._wrong_metadata(text, "1") == words


def test_metadata_that_is_not_valid_is_named():
    assert "invalid" in str(
        build._wrong_metadata(b"Metadata-Version: 2.4\nName: -\nVersion: x\n", "1")
    )


def test_a_layer_of_sources_alone_is_a_fault(tmp_path):
    layer = tmp_path / build.BUILT / "PeerkeeperLayer"
    layer.mkdir(parents=True)
    assert build.compiled(tmp_path) == ["the layer holds sources only"]
    (layer / "one.pyc").touch()
    assert build.compiled(tmp_path) == []


def test_in_a_pipe_each_check_is_a_line_and_the_last_counts(capsys):
    tick.show(
        [Tick("tag", Mark.LATER, "none", "git tag"), Tick("clean", Mark.BAD, "1 file", "commit")]
    )
    assert capsys.readouterr().out.splitlines() == [
        "-\ttag\tnone\tgit tag",
        "✗\tclean\t1 file\tcommit",
        "1 of 2 checks failed",
    ]
