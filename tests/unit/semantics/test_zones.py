"""Private hosted zones: who may authorize, associate and disassociate which VPC."""

from dataclasses import replace

import pytest

from peerkeeper_local.semantics.limits import Delays, Limits, Moment
from peerkeeper_local.semantics.zone_calls import (
    change_status,
    check_new,
    check_private,
    check_reader,
    check_reference,
    owned,
    page,
)
from peerkeeper_local.semantics.zones import (
    Asked,
    Zone,
    ZoneRefusal,
    ZoneVpc,
    associate,
    authorize,
    deauthorize,
    disassociate,
    short_id,
)

OURS, THEIRS, THIRD = "111122223333", "444455556666", "777788889999"
MINE, MY_SECOND = ZoneVpc("ap-northeast-2", "vpc-0a1"), ZoneVpc("ap-northeast-1", "vpc-0a2")
FOREIGN = ZoneVpc("ap-northeast-2", "vpc-0b1")
ZONE = Zone("Z1", "internal.example.", OURS, private=True, vpcs=(MINE,))
OPEN = replace(ZONE, authorized=(FOREIGN,))
SHARED = replace(OPEN, vpcs=(MINE, FOREIGN))
PUBLIC = replace(ZONE, private=False, vpcs=())
LIMITS = Limits()
OWNERS = {MINE: OURS, MY_SECOND: OURS, FOREIGN: THEIRS}


def code(call, *given) -> str:
    with pytest.raises(ZoneRefusal) as refused:
        call(*given)
    return refused.value.code


def asked(vpc: ZoneVpc, caller: str, *zones: Zone) -> Asked:
    return Asked(vpc, caller, OWNERS.get(vpc), zones)


@pytest.mark.parametrize(
    ("zone", "vpc", "caller"),
    [
        (ZONE, MY_SECOND, OURS),
        (OPEN, FOREIGN, THEIRS),
        (replace(ZONE, owner=THEIRS, authorized=()), FOREIGN, THEIRS),
    ],
)
def test_the_owner_of_the_vpc_associates_it(zone, vpc, caller):
    assert associate(zone, asked(vpc, caller), LIMITS) == replace(zone, vpcs=(MINE, vpc))


@pytest.mark.parametrize(
    ("zone", "vpc", "caller", "refused"),
    [
        (ZONE, FOREIGN, THEIRS, "NotAuthorizedException"),  # nobody authorized it
        (ZONE, FOREIGN, OURS, "NotAuthorizedException"),  # the zone's owner may not
        (OPEN, FOREIGN, OURS, "NotAuthorizedException"),  # nor after it authorized the VPC's
        (OPEN, FOREIGN, THIRD, "NotAuthorizedException"),
        (OPEN, MY_SECOND, THEIRS, "NotAuthorizedException"),
        (ZONE, ZoneVpc("ap-northeast-2", "vpc-0c9"), OURS, "InvalidVPCId"),
        (ZONE, MY_SECOND._replace(region="us-east-1"), OURS, "InvalidVPCId"),
        (ZONE, ZoneVpc("ap-northeast-2", "subnet-0a1"), OURS, "InvalidVPCId"),
        (PUBLIC, MINE, OURS, "PublicZoneVPCAssociation"),
    ],
)
def test_anything_else_is_refused(zone, vpc, caller, refused):
    assert code(associate, zone, asked(vpc, caller), LIMITS) == refused


def test_an_authorization_is_for_one_vpc_in_one_region():
    elsewhere = replace(ZONE, authorized=(FOREIGN._replace(region="us-east-1"),))
    assert code(associate, elsewhere, asked(FOREIGN, THEIRS), LIMITS) == "NotAuthorizedException"


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("internal.example.", True),
        ("Internal.Example.", True),
        ("example.", False),
        ("a.internal.example.", False),
        ("xinternal.example.", False),
    ],
)
def test_a_vpc_has_one_zone_of_a_name(name, refused):
    other = replace(ZONE, id="Z2", name=name, vpcs=(MY_SECOND,))
    if refused:
        found = code(associate, ZONE, asked(MY_SECOND, OURS, other), LIMITS)
        assert found == "ConflictingDomainExists"
    else:
        assert MY_SECOND in associate(ZONE, asked(MY_SECOND, OURS, other), LIMITS).vpcs


def test_the_same_association_again_conflicts():
    assert code(associate, ZONE, asked(MINE, OURS, ZONE), LIMITS) == "ConflictingDomainExists"


def test_a_zone_takes_as_many_vpcs_as_its_quota_says():
    two = Limits(vpcs_per_zone=2)
    full = replace(associate(ZONE, asked(MY_SECOND, OURS), two), authorized=(FOREIGN,))
    assert code(associate, full, asked(FOREIGN, THEIRS), two) == "LimitsExceeded"
    assert Limits().vpcs_per_zone == 300


@pytest.mark.parametrize("caller", [OURS, THEIRS])
def test_either_owner_disassociates_and_what_was_authorized_stays_so(caller):
    assert disassociate(SHARED, asked(FOREIGN, caller)) == OPEN


@pytest.mark.parametrize(
    ("zone", "vpc", "caller", "refused"),
    [
        (SHARED, FOREIGN, THIRD, "NoSuchHostedZone"),
        (SHARED, MINE, THEIRS, "NoSuchHostedZone"),
        (SHARED, MY_SECOND, OURS, "VPCAssociationNotFound"),
        (ZONE, MY_SECOND, OURS, "VPCAssociationNotFound"),
        (ZONE, MINE, OURS, "LastVPCAssociation"),
        (ZONE, ZoneVpc("ap-northeast-2", "nonsense"), OURS, "InvalidVPCId"),
    ],
)
def test_what_is_not_disassociated(zone, vpc, caller, refused):
    assert code(disassociate, zone, asked(vpc, caller)) == refused


def test_the_vpc_of_an_account_that_deleted_it_is_disassociated_by_the_zones_owner():
    assert disassociate(SHARED, Asked(FOREIGN, OURS, None)) == OPEN


def test_an_authorization_is_given_once_and_taken_back_once():
    assert authorize(authorize(ZONE, FOREIGN, Limits()), FOREIGN, Limits()) == OPEN
    assert deauthorize(OPEN, FOREIGN) == ZONE
    assert code(deauthorize, ZONE, FOREIGN) == "VPCAssociationAuthorizationNotFound"
    assert deauthorize(SHARED, FOREIGN).vpcs == SHARED.vpcs


def test_authorizations_are_refused_of_public_zones_of_nonsense_and_beyond_the_quota():
    one = Limits(authorizations_per_zone=1)
    assert code(authorize, PUBLIC, FOREIGN, Limits()) == "InvalidInput"
    assert code(authorize, ZONE, ZoneVpc("x", "y"), Limits()) == "InvalidVPCId"
    assert code(authorize, OPEN, MY_SECOND, one) == "TooManyVPCAssociationAuthorizations"
    assert authorize(OPEN, FOREIGN, one) == OPEN
    assert Limits().authorizations_per_zone == 1000


def test_a_zone_is_its_owners():
    assert owned(ZONE, "Z1", OURS) is ZONE
    assert code(owned, ZONE, "Z1", THEIRS) == "NoSuchHostedZone"
    assert code(owned, None, "/hostedzone/Z9", OURS) == "NoSuchHostedZone"


def test_a_new_zone_has_a_vpc_of_its_own_account_and_a_name_that_the_vpc_has_not():
    named = "internal.example."
    check_new("other.example.", asked(MINE, OURS, ZONE))
    assert code(check_new, named, asked(MINE, OURS, ZONE)) == "ConflictingDomainExists"
    assert code(check_new, named, asked(FOREIGN, OURS)) == "InvalidVPCId"
    assert code(check_new, named, Asked(MINE, OURS, None)) == "InvalidVPCId"
    assert code(check_reference, "once", {"once"}) == "HostedZoneAlreadyExists"
    check_reference("twice", {"once"})


def test_who_may_list_and_count():
    check_reader(asked(MINE, OURS))
    assert code(check_reader, asked(FOREIGN, OURS)) == "InvalidInput"
    assert code(check_reader, Asked(MINE, OURS, None)) == "InvalidInput"
    check_private(ZONE)
    assert code(check_private, PUBLIC) == "HostedZoneNotPrivate"


@pytest.mark.parametrize(("passed", "status"), [(0, "PENDING"), (9.9, "PENDING"), (10, "INSYNC")])
def test_a_change_is_in_sync_after_a_while(passed, status):
    assert change_status(100.0, Moment(100.0 + passed, Delays(zone_change=10.0))) == status
    assert change_status(100.0, Moment(100.0, Delays.none())) == "INSYNC"


def test_ids_are_long_or_short():
    assert short_id("/hostedzone/Z1") == short_id("Z1") == "Z1"


def test_pages_follow_each_other_and_a_wrong_token_is_refused():
    first, token = page([{"n": 1}, {"n": 2}, {"n": 3}], None, 2)
    assert (first, page([{"n": 1}, {"n": 2}, {"n": 3}], token, 2)) == (
        [{"n": 1}, {"n": 2}],
        ([{"n": 3}], None),
    )
    for wrong in ("nonsense", "", "ZnJvbSB4"):
        assert code(page, [], wrong, 2) == "InvalidPaginationToken"
