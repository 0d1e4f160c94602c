"""Nothing goes while something else stands on it."""

import pytest

from peerkeeper_local.semantics.dependencies import (
    check_carried,
    check_delete_group,
    check_delete_interface,
    check_delete_subnet,
    check_empty_vpc,
)
from peerkeeper_local.semantics.refusal import Refusal

HELD = "DependencyViolation"


def code(check, *said):
    try:
        check(*said)
    except Refusal as refusal:
        return refusal.code
    return "done"


@pytest.mark.parametrize(
    ("check", "said", "expected"),
    [
        (check_delete_subnet, ("subnet-1", []), "done"),
        (check_delete_subnet, ("subnet-1", ["eni-1"]), HELD),
        (check_empty_vpc, ("vpc-1", []), "done"),
        (check_empty_vpc, ("vpc-1", ["sg-1"]), HELD),
        (check_delete_group, ("sg-1", False, [], []), "done"),
        (check_delete_group, ("sg-1", False, ["eni-1"], []), HELD),
        (check_delete_group, ("sg-1", False, [], ["sg-2"]), HELD),
        (check_delete_group, ("sg-1", True, [], []), "CannotDelete"),
        (check_delete_interface, ("eni-1", False), "done"),
        (check_delete_interface, ("eni-1", True), "InvalidParameterValue"),
        (check_carried, ("sg-1", "vpc-1", "subnet-1", "vpc-1"), "done"),
        (check_carried, ("sg-1", "vpc-2", "subnet-1", "vpc-1"), "InvalidParameter"),
    ],
)
def test_what_holds_what(check, said, expected):
    assert code(check, *said) == expected
