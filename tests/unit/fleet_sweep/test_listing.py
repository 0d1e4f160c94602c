"""Which locations a sweep of the fleet looks at, and which it leaves out."""

import pytest
from peerkeeper.errors import SettingsError
from peerkeeper.fleet_sweep.fleet import Fleet, fleet_from
from peerkeeper.fleet_sweep.listing import MOST_LOCATIONS, Account, listing

US, THEM, GONE = "111122223333", "444455556666", "777788889999"
SEOUL, HONG_KONG = "ap-northeast-2", "ap-east-1"
NOT_READ = None
ALWAYS = {"eu-west-1": "ENABLED_BY_DEFAULT", "eu-west-2": "ENABLED_BY_DEFAULT"}


def environment(**values):
    named = {f"PEERKEEPER_{name.upper()}": value for name, value in values.items()}
    return {"PEERKEEPER_ACCOUNT": US, "AWS_REGION": SEOUL, **named}


def names(found):
    return [str(location) for location in found.locations]


def ours(account):
    """Our own account's regions, all of them on in every account; no other is asked."""
    assert account == US, f"{account} was asked for its regions"
    return {**ALWAYS, SEOUL: "ENABLED_BY_DEFAULT"}


def test_a_fleet_is_the_hubs_own_account_in_its_own_region_unless_more_are_named():
    assert fleet_from(environment()) == Fleet(US, (SEOUL,))
    named = fleet_from(environment(accounts=f"{THEM},{GONE}", regions="eu-west-1,eu-west-2"))
    assert named == Fleet(US, ("eu-west-1", "eu-west-2"), (THEM, GONE))


def test_the_word_organization_takes_the_place_of_account_ids():
    units = "ou-ab12-11111111,ou-ab12-22222222"
    fleet = fleet_from(environment(accounts="organization", organizational_units=units))
    assert fleet.organization
    assert (fleet.accounts, fleet.units) == ((), tuple(units.split(",")))


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"accounts": "organization,444455556666"}, "'organization' is not a 12-digit account id"),
        ({"accounts": "*"}, "'*' is not a 12-digit account id"),
        ({"regions": "Seoul"}, "'Seoul' is not a region name"),
        (
            {"accounts": "organization", "organizational_units": "r-ab12"},
            "'r-ab12' is not the id of an organizational unit",
        ),
        ({"organizational_units": "ou-ab12-11111111"}, "needs Accounts=organization"),
    ],
)
def test_a_wrong_setting_is_named(values, fault):
    with pytest.raises(SettingsError, match=r".*") as raised:
        fleet_from(environment(**values))
    assert fault in str(raised.value)


def test_every_account_is_listed_in_every_region_in_order():
    fleet = Fleet(US, ("eu-west-2", "eu-west-1"), (THEM,))
    found = listing(fleet, (), ours)
    assert names(found) == [
        f"{account}/{region}" for account in (US, THEM) for region in ("eu-west-1", "eu-west-2")
    ]
    assert found.items()[0] == {"account": US, "region": "eu-west-1"}
    assert found.skipped == ()


@pytest.mark.parametrize("state", ["SUSPENDED", "PENDING_CLOSURE", "CLOSED", ""])
def test_an_account_that_is_not_active_is_skipped_and_not_asked(state):
    fleet = Fleet(US, (SEOUL,), organization=True)
    found = listing(fleet, (Account(THEM), Account(GONE, state)), ours)
    assert names(found) == [f"{US}/{SEOUL}", f"{THEM}/{SEOUL}"]
    (skipped,) = found.skipped
    assert str(skipped.location) == f"{GONE}/{SEOUL}"
    assert (state or "no known state") in skipped.why


def test_the_hubs_own_account_is_swept_whatever_units_are_named():
    fleet = Fleet(US, (SEOUL,), organization=True, units=("ou-ab12-11111111",))
    assert names(listing(fleet, (), ours)) == [f"{US}/{SEOUL}"]


def test_a_region_that_an_account_has_off_is_skipped_there_alone():
    statuses = {
        US: {SEOUL: "ENABLED_BY_DEFAULT", HONG_KONG: "ENABLED"},
        THEM: {SEOUL: "ENABLED_BY_DEFAULT", HONG_KONG: "DISABLED"},
    }
    found = listing(Fleet(US, (SEOUL, HONG_KONG), (THEM,)), (), statuses.__getitem__)
    assert names(found) == [f"{US}/{HONG_KONG}", f"{US}/{SEOUL}", f"{THEM}/{SEOUL}"]
    assert [str(each.location) for each in found.skipped] == [f"{THEM}/{HONG_KONG}"]


def test_regions_that_could_not_be_read_are_swept_all_the_same():
    found = listing(Fleet(US, (SEOUL, HONG_KONG)), (), lambda _account: NOT_READ)
    assert names(found) == [f"{US}/{HONG_KONG}", f"{US}/{SEOUL}"]
    assert found.skipped == ()


def test_a_reply_that_leaves_out_a_region_does_not_skip_it():
    found = listing(Fleet(US, (SEOUL, HONG_KONG)), (), lambda _account: {})
    assert names(found) == [f"{US}/{HONG_KONG}", f"{US}/{SEOUL}"]


@pytest.mark.parametrize(
    ("status", "swept"),
    [
        *(("ENABLED", True), ("ENABLED_BY_DEFAULT", True)),
        *(("ENABLING", False), ("DISABLING", False), ("DISABLED", False)),
    ],
)
def test_a_region_is_swept_where_its_status_says_that_it_is_on(status, swept):
    found = listing(
        Fleet(US, ("eu-west-1", HONG_KONG)), (), lambda _: {**ALWAYS, HONG_KONG: status}
    )
    assert (f"{US}/{HONG_KONG}" in names(found)) is swept


def test_what_our_account_cannot_turn_off_is_on_in_every_account_whatever_it_says():
    def statuses(account):
        theirs = {HONG_KONG: "ENABLED", "eu-west-1": "DISABLED"}
        return theirs if account == THEM else {**ALWAYS, HONG_KONG: "DISABLED"}

    found = listing(Fleet(US, ("eu-west-1", HONG_KONG), (THEM,)), (), statuses)
    assert names(found) == [f"{US}/eu-west-1", f"{THEM}/{HONG_KONG}", f"{THEM}/eu-west-1"]


def test_where_our_own_regions_cannot_be_read_each_account_is_asked_for_its_own():
    asked = []
    listing(Fleet(US, (SEOUL,), (THEM,)), (), asked.append)
    assert asked == [US, THEM]


@pytest.mark.parametrize("region", ["cn-north-1", "us-gov-west-1", "us-isof-south-1"])
def test_where_no_account_can_turn_a_region_off_only_our_own_is_asked(region):
    def statuses(account):
        assert account == US
        return {region: "ENABLED_BY_DEFAULT"}

    assert len(listing(Fleet(US, (region,), (THEM,)), (), statuses).locations) == 2


def test_more_locations_than_one_run_takes_are_refused():
    accounts = [Account(f"{n:012}") for n in range(MOST_LOCATIONS + 1)]
    with pytest.raises(SettingsError, match=f"{MOST_LOCATIONS + 2} locations"):
        listing(Fleet(US, (SEOUL,), organization=True), accounts, ours)


def test_a_fleet_with_nothing_to_sweep_is_refused():
    with pytest.raises(SettingsError, match="0 locations"):
        listing(Fleet(US, (HONG_KONG,)), (), lambda _account: {HONG_KONG: "DISABLED"})
