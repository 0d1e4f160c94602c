from dataclasses import replace
from typing import Any

import pytest

from peerkeeper_local.semantics import prefix_list_calls as rules
from peerkeeper_local.semantics.limits import Delays, Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.prefix_lists import (
    AWS,
    Entry,
    PrefixList,
    description,
    entry_documents,
    no_such_aws_list,
    no_such_list,
    settled,
    state_of,
    usable,
    weight_of,
)
from peerkeeper_local.semantics.refusal import Refusal

DELAYS = Delays(list_change=5, list_tombstone=100)
HERE = Location("111122223333", "ap-northeast-2")
OFFICE = Entry("192.0.2.0/24", "Seoul")
LIST = PrefixList("pl-1", "offices", "IPv4", HERE.account, 3, ((OFFICE,),), changed=0.0)
S3 = PrefixList("pl-2", "com.amazonaws.ap-northeast-2.s3", "IPv4", AWS, 2, ((OFFICE,),))


def at(now: float) -> Moment:
    return Moment(now, DELAYS)


def code(check: Any, *sent: Any) -> str:
    with pytest.raises(Refusal) as caught:
        check(*sent)
    return caught.value.code


def cidrs(*found: str) -> list[dict[str, str]]:
    return [{"Cidr": cidr} for cidr in found]


def sent(**more: Any) -> dict[str, Any]:
    return {"PrefixListName": "offices", "AddressFamily": "IPv4", "MaxEntries": 2, **more}


def test_a_new_list_is_on_its_way_and_has_version_one() -> None:
    made = rules.created("pl-1", HERE.account, sent(Entries=cidrs("10.1.0.0/16")), at(10))
    assert [state_of(made, at(now)) for now in (10, 14, 15)] == [
        "create-in-progress",
        "create-in-progress",
        "create-complete",
    ]
    assert (made.version, made.entries) == (1, (Entry("10.1.0.0/16"),))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"PrefixListName": ""}, "MissingParameter"),
        ({"PrefixListName": "n" * 256}, "InvalidParameterValue"),
        ({"PrefixListName": "com.amazonaws.ours"}, "InvalidParameterValue"),
        ({"AddressFamily": "IPX"}, "InvalidParameterValue"),
        ({"MaxEntries": None}, "MissingParameter"),
        ({"MaxEntries": 0}, "InvalidParameterValue"),
        ({"MaxEntries": 1001}, "InvalidParameterValue"),
        ({"Entries": cidrs(*["10.1.0.0/16"] * 101)}, "InvalidParameterValue"),
        ({"Entries": cidrs("10.1.0.9/16")}, "InvalidParameterValue"),
        ({"Entries": cidrs("10.1.0.0")}, "InvalidParameterValue"),
        ({"Entries": cidrs("2001:db8::/56")}, "InvalidParameterValue"),
        ({"Entries": cidrs("ten")}, "InvalidParameterValue"),
        ({"Entries": cidrs("10.1.0.0/16", "10.1.0.0/16")}, "InvalidPrefixListModification"),
        (
            {"Entries": cidrs("10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16")},
            "PrefixListMaxEntriesExceeded",
        ),
    ],
)
def test_a_list_that_ec2_does_not_take(more: dict[str, Any], expected: str) -> None:
    assert code(rules.created, "pl-1", HERE.account, sent(**more), at(0)) == expected


def test_ipv6_entries_are_compressed() -> None:
    entries = cidrs("2001:0DB8:0000::/56")
    made = rules.created("pl-1", "1", sent(AddressFamily="IPv6", Entries=entries), at(0))
    assert made.entries == (Entry("2001:db8::/56"),)


def test_entries_change_once_the_change_is_complete() -> None:
    change = {
        "CurrentVersion": 1,
        "AddEntries": cidrs("10.1.0.0/16"),
        "RemoveEntries": cidrs(OFFICE.cidr),
    }
    changed = rules.modified(LIST, change, at(10))
    during, after = settled(changed, at(14)), settled(changed, at(15))
    assert (during.version, during.entries) == (1, (OFFICE,))
    assert (after.version, after.entries) == (2, (Entry("10.1.0.0/16"),))
    assert after.versions[0] == (OFFICE,)
    assert settled(after, at(99)) == after
    assert state_of(after, at(15)) == "modify-complete"


def test_another_description_replaces_the_old_one() -> None:
    again = [{"Cidr": OFFICE.cidr, "Description": "Busan"}]
    changed = settled(rules.modified(LIST, {"AddEntries": again}, at(10)), at(15))
    assert changed.entries == (Entry(OFFICE.cidr, "Busan"),)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"CurrentVersion": 2, "AddEntries": cidrs("10.1.0.0/16")}, "PrefixListVersionMismatch"),
        ({"MaxEntries": 9, "AddEntries": cidrs("10.1.0.0/16")}, "InvalidParameterCombination"),
        ({"MaxEntries": 0}, "InvalidParameterValue"),
        ({"RemoveEntries": cidrs("10.9.0.0/16")}, "InvalidPrefixListModification"),
        (
            {"AddEntries": [{"Cidr": OFFICE.cidr, "Description": "Seoul"}]},
            "InvalidPrefixListModification",
        ),
        (
            {"AddEntries": cidrs("10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16")},
            "PrefixListMaxEntriesExceeded",
        ),
        ({"PrefixListName": "com.amazonaws.ours"}, "InvalidParameterValue"),
    ],
)
def test_a_change_that_ec2_does_not_take(change: dict[str, Any], expected: str) -> None:
    assert code(rules.modified, LIST, change, at(10)) == expected


def test_a_name_changes_at_once_and_nothing_else_does() -> None:
    named = rules.modified(LIST, {"PrefixListName": "homes"}, at(10))
    assert named == replace(LIST, name="homes")


def test_a_size_changes_without_a_new_version_or_fails_where_there_is_no_room() -> None:
    larger = rules.modified(LIST, {"MaxEntries": 9}, at(10))
    assert (settled(larger, at(14)).max_entries, settled(larger, at(15)).max_entries) == (3, 9)
    assert settled(larger, at(15)).version == 1
    failing = rules.modified(LIST, {"MaxEntries": 9}, at(10), ["rtb-1"])
    assert [state_of(failing, at(now)) for now in (14, 15)] == [
        "modify-in-progress",
        "modify-failed",
    ]
    assert settled(failing, at(15)).max_entries == 3
    assert "rtb-1" in description(failing, HERE, "aws", at(15), {})["StateMessage"]
    again = rules.modified(settled(failing, at(15)), {"MaxEntries": 4}, at(20))
    assert settled(again, at(25)).max_entries == 4


def test_one_change_at_a_time() -> None:
    changed = rules.modified(LIST, {"MaxEntries": 9}, at(10))
    assert code(rules.modified, changed, {"MaxEntries": 8}, at(14)) == "IncorrectState"
    assert code(rules.deleted, changed, [], at(14)) == "IncorrectState"
    assert code(rules.restored, changed, {"PreviousVersion": 1}, at(14)) == "IncorrectState"


def test_a_deleted_list_is_shown_for_a_while_and_cannot_be_used() -> None:
    gone = rules.deleted(LIST, [], at(10))
    states = [state_of(gone, at(now)) for now in (14, 15, 114, 115)]
    assert states == ["delete-in-progress", "delete-complete", "delete-complete", None]
    assert not usable(gone, at(14))
    assert not usable(gone, at(20))
    assert code(rules.modified, gone, {"MaxEntries": 9}, at(20)) == "IncorrectState"


def test_a_list_in_use_stays() -> None:
    kept = rules.deleted(LIST, ["rtb-1"], at(10))
    assert [state_of(kept, at(now)) for now in (14, 15, 999)] == [
        "delete-in-progress",
        "delete-failed",
        "delete-failed",
    ]
    assert usable(kept, at(15))
    assert settled(rules.modified(kept, {"MaxEntries": 9}, at(20)), at(25)).max_entries == 9


def test_an_earlier_version_comes_back_as_a_new_one() -> None:
    two = settled(rules.modified(LIST, {"RemoveEntries": cidrs(OFFICE.cidr)}, at(10)), at(15))
    back = {"CurrentVersion": 2, "PreviousVersion": 1}
    restored = rules.restored(two, back, at(20))
    assert state_of(restored, at(24)) == "restore-in-progress"
    assert (settled(restored, at(25)).version, settled(restored, at(25)).entries) == (3, (OFFICE,))
    assert (
        code(rules.restored, two, {**back, "PreviousVersion": 9}, at(20)) == "InvalidParameterValue"
    )


def test_entries_of_a_version() -> None:
    two = settled(rules.modified(LIST, {"RemoveEntries": cidrs(OFFICE.cidr)}, at(10)), at(15))
    assert rules.entries_of(two, None) == ()
    assert rules.entries_of(two, 1) == (OFFICE,)
    assert code(rules.entries_of, two, 3) == "InvalidParameterValue"
    assert entry_documents((OFFICE, Entry("10.1.0.0/16"))) == [
        {"Cidr": OFFICE.cidr, "Description": "Seoul"},
        {"Cidr": "10.1.0.0/16"},
    ]


def test_a_list_of_aws_is_nobodys_to_change_and_shows_neither_size_nor_version() -> None:
    assert code(rules.deleted, S3, [], at(0)) == "UnsupportedOperation"
    shown = description(S3, HERE, "aws", at(0), {})
    assert shown["PrefixListArn"] == "arn:aws:ec2:ap-northeast-2:aws:prefix-list/pl-2"
    assert shown["State"] == "create-complete"
    assert {"MaxEntries", "Version"} & set(shown) == set()


@pytest.mark.parametrize(
    ("listed", "weight"),
    [
        (LIST, (4, 3)),
        (replace(LIST, family="IPv6"), (6, 3)),
        (S3, (4, 1)),
        (replace(S3, name="com.amazonaws.global.cloudfront.origin-facing"), (4, 55)),
        (replace(S3, name="com.amazonaws.eu-west-1.ipv6.vpc-lattice", family="IPv6"), (6, 10)),
    ],
)
def test_a_list_counts_for_its_size_and_one_of_aws_by_its_weight(
    listed: PrefixList, weight: tuple[int, int]
) -> None:
    assert weight_of(listed) == weight


def test_two_spellings() -> None:
    assert no_such_list("pl-1").code == "InvalidPrefixListID.NotFound"
    assert no_such_aws_list("pl-1").code == "InvalidPrefixListId.NotFound"
