"""A samconfig.toml counts where it is of this stack; another project's in the same folder does not."""

import pytest

from peerkeeper_cli.doctor.open_site import _frozen

SAVED = '[default.deploy.parameters]\nparameter_overrides = "{}"\n'


@pytest.mark.parametrize(
    ("text", "frozen"),
    [
        (
            SAVED.format("Mode=observe Regions=us-east-1"),
            {"Mode": "observe", "Regions": "us-east-1"},
        ),
        (SAVED.format("Mode=observe Colour=red"), {}),
        ("[default]\n", {}),
        ("[prod.deploy.parameters]\n", {}),
    ],
)
def test_what_a_samconfig_freezes(tmp_path, text, frozen):
    file = tmp_path / "samconfig.toml"
    file.write_text(text)
    assert _frozen(file, "default") == (frozen, "")


def test_no_file_freezes_nothing(tmp_path):
    assert _frozen(tmp_path / "samconfig.toml", "default") == ({}, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no toml", "is no TOML"),
        (SAVED.format("Mode"), "'Mode' is no Name=Value"),
        (SAVED.format("file://more.yaml"), "is another file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, text, says):
    file = tmp_path / "samconfig.toml"
    file.write_text(text)
    frozen, fault = _frozen(file, "default")
    assert frozen == {}
    assert says in fault
