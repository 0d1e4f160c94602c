"""A samconfig.toml as `sam deploy` reads it, and each way in which it can be wrong."""

import pytest

from peerkeeper_cli.settings_source.pairs import PairsError, pairs
from peerkeeper_cli.settings_source.samconfig import ConfigError, samconfig


def written(tmp_path, text):
    path = tmp_path / "samconfig.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    "overrides",
    [
        '"Mode=full AllowedAccounts=111122223333,444455556666"',
        '["Mode=full", "AllowedAccounts=111122223333,444455556666"]',
        '\'Mode="full" AllowedAccounts="111122223333,444455556666"\'',
        '"ParameterKey=Mode,ParameterValue=full '
        'ParameterKey=AllowedAccounts,ParameterValue=111122223333,444455556666"',
        '["ParameterKey=Mode,ParameterValue=full", "AllowedAccounts=111122223333,444455556666"]',
        '["Mode=full AllowedAccounts=111122223333,444455556666"]',
        '{Mode = "full", AllowedAccounts = ["111122223333", "444455556666"]}',
        '{Mode = "full", AllowedAccounts = "111122223333,444455556666"}',
        '["Mode=full", {AllowedAccounts = "111122223333,444455556666"}]',
    ],
)
def test_overrides_are_read_in_each_form_that_sam_takes(tmp_path, overrides):
    text = f"[default.deploy.parameters]\nregion = 'eu-west-1'\nparameter_overrides = {overrides}\n"
    found = samconfig(written(tmp_path, text))
    assert found.parameters == {"Mode": "full", "AllowedAccounts": "111122223333,444455556666"}
    assert found.region == "eu-west-1"


def test_a_table_gives_numbers_and_nothing_as_text(tmp_path):
    text = (
        "[default.deploy.parameters.parameter_overrides]\n"
        "SweepMinutes = 15\nRegions = ''\nAllowedAccounts = ['1', '', ' 2']\n"
    )
    found = samconfig(written(tmp_path, text)).parameters
    assert found == {"SweepMinutes": "15", "Regions": "", "AllowedAccounts": "1,2"}


def test_an_environment_and_what_it_shares_are_read(tmp_path):
    text = "[prod.global.parameters]\nregion = 'eu-west-1'\n[prod.deploy.parameters]\n"
    assert samconfig(written(tmp_path, text), "prod").region == "eu-west-1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[default", "is no TOML"),
        (
            "[prod.deploy.parameters]\n",
            "has no environment default, only prod: name one with --config-env",
        ),
        ("[default.deploy.parameters]\nparameter_overrides = 'Mode'\n", "'Mode' is no Name=Value"),
        ("[default.deploy.parameters]\nparameter_overrides = 'Mode=\"full'\n", "cannot be read"),
        ("[default.deploy.parameters]\nparameter_overrides = 3\n", "a string, a list or a table"),
        (
            "[default.deploy.parameters]\n"
            "parameter_overrides = 'Mode=full ParameterKey=Regions,ParameterValue=a'\n",
            "SAM ignores 'Mode=full' beside ParameterKey=: write all in one form",
        ),
        (
            "[default.deploy.parameters]\nparameter_overrides = 'file://more.yaml'\n",
            "is another file",
        ),
        (
            "[default.deploy.parameters.parameter_overrides]\n'$include' = 'more.yaml'\n",
            "names another file",
        ),
    ],
)
def test_what_is_wrong_is_one_error(tmp_path, text, says):
    with pytest.raises(ConfigError, match=says):
        samconfig(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"samconfig\.toml cannot be read: No such file"):
        samconfig(tmp_path / "samconfig.toml")


def test_every_word_that_is_no_pair_is_named_at_once():
    with pytest.raises(PairsError, match=r"'Mode' is no Name=Value.*; Regions is named twice"):
        pairs(["Mode", "Regions=a", "Regions=b"], "--set")
