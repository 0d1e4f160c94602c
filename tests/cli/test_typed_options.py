"""Options are typed again, in a command that reads the same as the one before."""

import shlex
from pathlib import Path

from peerkeeper_cli.asked_for import AskedFor


def test_no_option_is_typed_where_none_was():
    assert AskedFor("explain").typed == ""


def test_every_option_is_typed_again_as_a_shell_takes_it():
    asked = AskedFor(
        "explain",
        profiles=("network", "two words"),
        role_name="reader",
        external_id="agreed",
        accounts=("444455556666",),
        regions=("eu-west-1", "eu-north-1"),
        hub="eu-west-1",
        config=Path("my config.toml"),
        config_env="prod",
        given={"AllowedDestinations": "10.0.0.0/8,!10.1.0.0/16"},
    )
    assert shlex.split(asked.typed) == [
        *("--profile", "network", "--profile", "two words", "--role-name", "reader"),
        *("--external-id", "agreed", "--account", "444455556666"),
        *("--region", "eu-west-1", "--region", "eu-north-1", "--hub", "eu-west-1"),
        *("--config", "my config.toml", "--config-env", "prod"),
        *("--set", "AllowedDestinations=10.0.0.0/8,!10.1.0.0/16"),
    ]
    assert asked.typed.startswith(" --profile")
    assert AskedFor("explain", endpoint="http://localhost:4580").typed == (
        " --endpoint http://localhost:4580"
    )
