"""The lister, as it is deployed: an organization of nested units, its accounts with regions on and off."""

import json
from contextlib import contextmanager

from botocore.exceptions import ClientError
from peerkeeper.aws import organization as edge

from tests.state_machine.organization import Organization
from tests.state_machine.stage import HONG_KONG, SEOUL, TOKYO, FleetStage


@contextmanager
def listed(units=(), regions=SEOUL, change=None, named=False):
    """Run the deployed lister once; yield what it listed, what it skipped, and the organization.

    `named`: the accounts in unit network are named one by one, instead of `organization`.
    """
    made = []

    def prepare(stage):
        theirs = Organization(stage.client("organizations"))
        made.append(theirs)
        if change:
            change(stage, theirs)
        below = ",".join({"network": theirs.network, "lab": theirs.lab}[unit] for unit in units)
        accounts = ",".join(theirs.in_network) if named else "organization"
        whole = {"Accounts": accounts, "OrganizationId": theirs.id}
        return {**whole, "OrganizationalUnits": below}

    with FleetStage({"Regions": regions}, prepare) as stage:
        (theirs,) = made
        lister = stage.hub.function("ListLocations")
        reply, raised = stage._invoke(lister.arn, {"bucket": stage.bucket, "run": "run-1"})
        assert not raised, reply
        places = [(at["account"], at["region"]) for at in stage.document(reply["locations"])]
        yield places, stage.document(reply["skipped"]), stage, theirs


def test_a_unit_holds_its_own_accounts_and_those_of_the_units_below_it():
    with listed(["network"]) as (places, _, stage, theirs):
        accounts = {account for account, _ in places}
        assert accounts == {stage.cloud.account, *theirs.in_network, *theirs.in_lab}


def test_units_that_hold_each_other_list_an_account_once():
    with listed(["network", "lab"]) as (places, _, _, _):
        assert len(places) == len(set(places)) == 5
        assert places == sorted(places)


def test_without_units_it_is_the_whole_organization():
    with listed() as (places, _, _, theirs):
        assert theirs.outside in {account for account, _ in places}
        assert len(places) >= 6


def test_lists_are_read_to_their_last_page():
    def grow(_stage, theirs):
        for n in range(25):  # a page of moto's holds twenty, as does one of AWS's
            theirs.account(f"more-{n}", theirs.network)

    with listed(["network"], change=grow) as (places, _, _, _):
        assert len(places) == 1 + 3 + 1 + 25


def test_an_account_that_is_suspended_is_skipped_by_its_new_field_or_its_old_one():
    assert edge._account({"Id": "1", "State": "SUSPENDED", "Status": "ACTIVE"}).state == "SUSPENDED"
    assert edge._account({"Id": "1", "Status": "SUSPENDED"}).state == "SUSPENDED"
    assert edge._account({"Id": "1", "State": "ACTIVE"}).state == "ACTIVE"


def test_each_account_is_asked_once_for_the_regions_it_may_have_off_and_its_own_without_its_id():
    def enable(stage, theirs):
        for account in [*theirs.in_network, *theirs.in_lab]:
            stage.enabled[account] = [SEOUL]
        stage.enabled[theirs.in_lab[0]] = [SEOUL, HONG_KONG]

    with listed(["network"], f"{SEOUL},{TOKYO},{HONG_KONG}", enable) as (places, skipped, stage, t):
        assert sorted(stage.asked_regions) == sorted(
            [stage.cloud.account, *t.in_network, *t.in_lab]
        )
        assert [a for a, region in places if region == HONG_KONG] == t.in_lab
        assert len(skipped) == 4
        assert json.dumps(skipped).count("not enabled") == 4


def test_accounts_of_an_organization_that_are_named_are_asked_too():
    def enable(stage, theirs):
        stage.enabled |= {account: [SEOUL] for account in theirs.in_network}

    with listed((), f"{SEOUL},{HONG_KONG}", enable, named=True) as (places, skipped, stage, theirs):
        assert sorted(stage.asked_regions) == sorted([stage.cloud.account, *theirs.in_network])
        assert HONG_KONG not in {region for _, region in places}
        assert json.dumps(skipped).count("not enabled") == 4


def test_an_account_whose_regions_may_not_be_read_is_swept_in_all_of_them():
    class Refusing:
        def get_paginator(self, _operation):
            return self

        def paginate(self, **_):
            error = {"Error": {"Code": "AccessDeniedException", "Message": "no trusted access"}}
            raise ClientError(error, "ListRegions")

    assert edge.region_statuses(Refusing(), "1", lambda: 100.0)("2") is None


def test_no_account_is_asked_when_time_is_short():
    assert edge.region_statuses(None, "1", lambda: 29.0)("2") is None
