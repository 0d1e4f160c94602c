"""What a word stands for: by id, address or name, in as few reads as it takes."""

import pytest

from peerkeeper_cli.reach.find_ends import find_ends
from peerkeeper_cli.reach.word import Kind, Word, word
from tests.cli.reach.replies import DB, DENIED, OTHERS, SEOUL, TOKYO, WEB, Told, eni, subnet, tag

INSTANCE = "i-0000000000000000a"
IN_SEOUL = "seoul_DescribeNetworkInterfaces"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (WEB, Kind.INTERFACE),
        ("i-0a1b2c3d", Kind.INSTANCE),
        ("subnet-0a1b2c3d4e5f60718", Kind.SUBNET),
        ("vpc-0a1b2c3d", Kind.VPC),
        ("10.1.0.5", Kind.ADDRESS),
        ("2001:DB8::0005", Kind.ADDRESS),
        ("vpc-prod", Kind.NAME),
        ("web server 1", Kind.NAME),
    ],
)
def test_a_word_names_one_kind_of_end(typed, kind):
    assert word(typed).kind is kind


def test_an_address_is_kept_in_its_shortest_form():
    assert word("2001:DB8::0005") == Word(Kind.ADDRESS, "2001:db8::5")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("pcx-0a1b2c3d", "pcx-0a1b2c3d is no end of traffic; name an interface"),
        ("sg-0a1b2c3d4e5f60718", "is no end of traffic"),
        ("10.1.0.0/24", "is a network, not an address; name the subnet"),
        ("  ", "a name has 1 to 255 characters"),
        ("x" * 256, "a name has 1 to 255 characters"),
    ],
)
def test_what_cannot_be_an_end_says_what_can(typed, says):
    with pytest.raises(ValueError, match=says):
        word(typed)


def found(told, *typed, places=(SEOUL, TOKYO)):
    words = [word(one) for one in typed]
    looked = find_ends(words, places, told)
    return [looked.ends[one] for one in words]


def test_two_interfaces_are_one_read_in_each_location():
    told = Told(seoul_DescribeNetworkInterfaces=[eni(WEB, "10.1.0.5"), eni(DB, "10.1.0.6")])
    (web,), (db,) = found(told, WEB, DB)
    assert [str(one) for one in (*web.points, *db.points)] == [
        f"{WEB} (10.1.0.5)",
        f"{DB} (10.1.0.6)",
    ]
    assert [[(c.location, c.action) for c in wave] for wave in told.waves] == [
        [(TOKYO, "DescribeNetworkInterfaces"), (SEOUL, "DescribeNetworkInterfaces")]
    ]


def test_an_instance_stands_for_all_its_interfaces():
    more = [eni(WEB, "10.1.0.5", instance=INSTANCE), eni(DB, "10.1.1.5", instance=INSTANCE)]
    ((one,),) = found(Told(**{IN_SEOUL: more}), INSTANCE)
    assert (one.kind, one.id, len(one.interfaces)) == (Kind.INSTANCE, INSTANCE, 2)
    assert [str(point.network) for point in one.points] == ["10.1.0.5/32", "10.1.1.5/32"]


def test_an_address_is_one_point_even_where_it_is_a_secondary_one():
    listed = [{"PrivateIpAddress": "10.1.0.5"}, {"PrivateIpAddress": "10.1.0.9"}]
    told = Told(**{IN_SEOUL: [eni(WEB, "10.1.0.5", PrivateIpAddresses=listed)]})
    ((one,),) = found(told, "10.1.0.9")
    assert [str(point.network) for point in one.points] == ["10.1.0.9/32"]
    assert str(one) == f"{WEB} (10.1.0.9)"


def test_an_ipv6_address_is_looked_for_by_a_filter_of_its_family():
    six = [{"Ipv6Address": "2001:db8::5"}]
    told = Told(**{IN_SEOUL: [eni(WEB, "10.1.0.5", Ipv6Addresses=six)]})
    ((one,),) = found(told, "2001:db8::5")
    assert [str(point.network) for point in one.points] == ["2001:db8::5/128"]


def test_a_vpc_stands_for_its_subnets_ipv4_first():
    six = [{"Ipv6CidrBlock": "2001:db8::/64", "Ipv6CidrBlockState": {"State": "associated"}}]
    own = [
        subnet("subnet-0000000a", "10.1.0.0/24", Ipv6CidrBlockAssociationSet=six),
        subnet("subnet-0000000b", "10.1.1.0/24"),
        subnet("subnet-0000000c", "10.9.1.0/24", "vpc-0000000c"),
    ]
    ((vpc,), (one,)) = found(Told(seoul_DescribeSubnets=own), "vpc-0000000a", "subnet-0000000b")
    networks = [str(point.network) for point in vpc.points]
    assert networks == ["10.1.0.0/24", "10.1.1.0/24", "2001:db8::/64"]
    assert (one.vpc_id, len(one.points)) == ("vpc-0000000a", 1)


def test_a_name_takes_a_wave_for_its_id_and_one_for_the_resource():
    told = Told(
        seoul_DescribeTags=[
            tag("instance", INSTANCE, "web"),
            tag("instance", "i-0000000b", "web*"),
        ],
        **{IN_SEOUL: [eni(WEB, "10.1.0.5", instance=INSTANCE)]},
    )
    ((one,),) = found(told, "web")
    assert str(one) == f'{INSTANCE} "web"'
    assert [len(wave) for wave in told.waves] == [2, 1]


def test_an_interface_named_as_its_instance_is_the_same_end():
    told = Told(
        seoul_DescribeTags=[tag("instance", INSTANCE, "web"), tag("network-interface", WEB, "web")],
        **{IN_SEOUL: [eni(WEB, "10.1.0.5", instance=INSTANCE)]},
    )
    ((one,),) = found(told, "web")
    assert one.kind is Kind.INSTANCE


def test_a_terminated_instance_of_the_same_name_does_not_count():
    told = Told(
        seoul_DescribeTags=[
            tag("instance", INSTANCE, "web"),
            tag("instance", "i-0000000000000dead", "web"),
        ],
        **{IN_SEOUL: [eni(WEB, "10.1.0.5", instance=INSTANCE)]},
    )
    assert [len(each) for each in found(told, "web")] == [1]


def test_a_name_of_several_things_has_several_ends():
    told = Told(
        seoul_DescribeTags=[tag("instance", INSTANCE, "web")],
        tokyo_DescribeTags=[tag("subnet", "subnet-0000000d", "web")],
        tokyo_DescribeSubnets=[subnet("subnet-0000000d", "10.2.0.0/24", "vpc-0000000d")],
        **{IN_SEOUL: [eni(WEB, "10.1.0.5", instance=INSTANCE)]},
    )
    (ends,) = found(told, "web")
    assert {one.id for one in ends} == {INSTANCE, "subnet-0000000d"}


def test_an_interface_that_two_accounts_see_counts_as_its_owner_sees_it():
    shared = eni(WEB, "10.1.0.5", OwnerId="444455556666")
    told = Told(tokyo_DescribeNetworkInterfaces=[shared], others_DescribeNetworkInterfaces=[shared])
    ((one,),) = found(told, WEB, places=(TOKYO, OTHERS))
    assert one.location == OTHERS


def test_what_is_nowhere_has_no_end_and_a_refusal_is_told():
    told = Told()
    told.refused["DescribeTags"] = DENIED
    looked = find_ends([word("web")], [SEOUL], told)
    assert looked.ends == {word("web"): []}
    assert [str(one) for one in looked.unread] == [
        "111122223333/ap-northeast-2: ec2:DescribeTags says UnauthorizedOperation: no"
    ]
