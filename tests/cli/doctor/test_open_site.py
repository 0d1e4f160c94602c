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
        ("no toml", {}),
    ],
)
def test_what_a_samconfig_freezes(tmp_path, text, frozen):
    file = tmp_path / "samconfig.toml"
    file.write_text(text)
    assert _frozen(file, "default") == frozen


def test_no_file_freezes_nothing(tmp_path):
    assert _frozen(tmp_path / "samconfig.toml", "default") == {}
