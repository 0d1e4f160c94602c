"""The file: its owner's alone, whole or not at all, and never over a file that is no map."""

import os
import stat

import pytest

from peerkeeper_cli.map.drawing import picture
from peerkeeper_cli.map.mermaid import mermaid
from peerkeeper_cli.map.page import html
from peerkeeper_cli.map.private_file import MapFileError, write_private

EMPTY = picture([], [], [], title="", masked=False, at="")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_its_owner_can_read_it(tmp_path, umask):
    path = tmp_path / "map.html"
    before = os.umask(umask)
    try:
        write_private(path, "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "text"


@pytest.mark.parametrize("text", [html(EMPTY), mermaid(EMPTY)], ids=["page", "mermaid"])
def test_a_map_is_written_over_and_becomes_private(tmp_path, text):
    path = tmp_path / "map"
    path.write_text(text)
    path.chmod(0o644)
    write_private(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_file_is_left_unless_forced(tmp_path):
    path = tmp_path / "notes.html"
    path.write_text("mine")
    with pytest.raises(MapFileError, match="--force"):
        write_private(path, "new")
    assert path.read_text() == "mine"
    write_private(path, "new", force=True)
    assert path.read_text() == "new"


@pytest.mark.parametrize("force", [False, True])
def test_a_link_a_folder_and_a_missing_folder_are_refused_with_what_to_do(tmp_path, force):
    target = tmp_path / "target"
    target.write_text("<!-- peerkeeper map -->")
    link = tmp_path / "link"
    link.symlink_to(target)
    for path in (link, tmp_path, tmp_path / "no" / "map.html"):
        with pytest.raises(MapFileError, match="--out"):
            write_private(path, "new", force=force)
    assert target.read_text() == "<!-- peerkeeper map -->"


def test_a_failure_leaves_what_was_there_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "map.html"
    write_private(path, "<!-- peerkeeper map --> old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MapFileError, match="No space left"):
        write_private(path, "new")
    assert path.read_text() == "<!-- peerkeeper map --> old"
    assert [each.name for each in tmp_path.iterdir()] == ["map.html"]
