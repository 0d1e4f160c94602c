"""Whom the person is: a login for each profile, every fault in one error."""

import pytest

from peerkeeper_cli.logins.login import LoginError
from peerkeeper_cli.logins.own import own_logins
from tests.cli.machine import KEYS, configured

CONFIG = f"""
[profile one]
region = eu-west-1
{KEYS}
[profile same]
region = eu-west-1
{KEYS}
[profile empty]
region = eu-west-1
"""


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    configured(tmp_path, monkeypatch, CONFIG)


@pytest.fixture
def sts(monkeypatch):
    """STS that knows everybody as one account; no call leaves."""

    def answer(self, operation, params):
        assert operation == "GetCallerIdentity"
        return {"Account": "111122223333"}

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", answer)


def nothing(session):
    """Prepare a session: nothing to do."""


def test_a_profile_is_a_login_of_its_account(sts):
    (login,) = own_logins(["one"], None, nothing)
    assert (login.account, login.home, login.said) == ("111122223333", "eu-west-1", "profile one")
    assert login.partition == "aws"


def test_two_profiles_of_one_account_are_refused_by_name(sts):
    with pytest.raises(LoginError, match="profile one and profile same are both of account 1111"):
        own_logins(["one", "same"], None, nothing)


def test_every_fault_is_named_at_once():
    with pytest.raises(LoginError) as raised:
        own_logins(["empty", "absent"], None, nothing)
    assert "profile empty has no credentials" in str(raised.value)
    assert "there is no profile absent" in str(raised.value)


@pytest.mark.parametrize("variable", ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
def test_a_profile_of_the_environment_that_is_absent_is_named_with_its_variable(
    monkeypatch, variable
):
    monkeypatch.setenv(variable, "nope")
    with pytest.raises(
        LoginError, match=f"{variable} says nope, and there is no such profile: `aws"
    ):
        own_logins([], None, nothing)


def test_without_credentials_the_remedy_is_a_profile():
    with pytest.raises(LoginError, match="name a --profile, or log in with `aws sso login`"):
        own_logins([], None, nothing)


def test_a_broken_config_file_is_one_error(tmp_path):
    (tmp_path / "config").write_text("[profile one\nregion")
    with pytest.raises(LoginError, match="configuration cannot be read"):
        own_logins(["one"], None, nothing)
