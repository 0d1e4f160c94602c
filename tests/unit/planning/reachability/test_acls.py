"""The hop of a network ACL: each row of its table, in all directions."""

import pytest
from peerkeeper.values.ec2 import network
from peerkeeper.values.reachability import Replies, State, Verdict

from tests.builders import SEOUL, TOKYO
from tests.hosts import acl, end_of, group, hosts, shown, stopped, subnet_of

OUT = "out 100 allow all 0.0.0.0/0"
IN = "in 100 allow all 0.0.0.0/0"
CLOSED = ("in * deny all 0.0.0.0/0", "out * deny all 0.0.0.0/0")


OPEN = tuple(group(where, "in all 0.0.0.0/0", "out all 0.0.0.0/0") for where in (SEOUL, TOKYO))


def of_seoul(*entries, word="tcp/22", **changed):
    """The answer with this ACL in Seoul, and with groups that admit everything."""
    return hosts(acls=(acl(SEOUL, *entries, *CLOSED),), groups=OPEN, **changed).ask(word)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        # the entry that allows is first, and the one that denies is first, in any order of the reply
        (["out 90 allow tcp/22 0.0.0.0/0", "out 100 deny all 0.0.0.0/0"], {}),
        (["out 100 deny all 0.0.0.0/0", "out 90 allow tcp/22 0.0.0.0/0"], {}),
        (["out 90 deny tcp/22 0.0.0.0/0", OUT], {"there acl-seoul": "entry 90"}),
        ([OUT, "out 90 deny tcp/22 0.0.0.0/0"], {"there acl-seoul": "entry 90"}),
        # no entry matches: the closing deny
        ([], {"there acl-seoul": "entry *"}),
        (["out 100 allow tcp/23 0.0.0.0/0"], {"there acl-seoul": "entry *"}),
        (["out 100 allow udp/22 0.0.0.0/0"], {"there acl-seoul": "entry *"}),
        (["out 100 allow tcp/22 10.39.0.0/16"], {"there acl-seoul": "entry *"}),
        # an entry of the other family never applies
        (["out 90 deny all ::/0", OUT], {}),
        (["out 90 allow all ::/0"], {"there acl-seoul": "entry *"}),
        # ports without a meaning count for nothing
        (["out 90 allow all/80 0.0.0.0/0"], {}),
        # every port, where the entry has no range
        (["out 90 allow tcp 0.0.0.0/0"], {}),
        # a deny of another port or address is passed by
        (["out 90 deny tcp/23 0.0.0.0/0", OUT], {}),
        (["out 90 deny tcp/22 172.31.16.8/32", OUT], {}),
    ],
)
def test_the_first_entry_that_holds_address_and_packet_decides(entries, expected):
    assert stopped(of_seoul(*entries, IN)) == expected


def test_a_direction_does_not_see_the_entries_of_the_other():
    answer = of_seoul("in 90 deny tcp/22 0.0.0.0/0", IN, OUT)
    assert answer.verdict is Verdict.REACHES


def test_without_the_closing_deny_in_the_reply_it_is_there_all_the_same():
    answer = hosts(acls=(acl(TOKYO, OUT),)).ask()
    assert stopped(answer) == {"there acl-tokyo": "entry *"}


def test_ports_that_are_stopped_in_part_name_every_entry_that_stops_one():
    answer = of_seoul(
        "out 80 deny tcp/10-19 0.0.0.0/0", "out 90 allow tcp/0-29 0.0.0.0/0", IN, word="tcp/15-40"
    )
    (hop,) = answer.blocking
    assert hop.in_part
    assert hop.rule == "entries 80, *"
    assert "tcp/15-19, tcp/30-40" in hop.words


def test_an_entry_whose_packets_an_earlier_one_has_taken_is_not_named():
    answer = of_seoul(
        "out 80 deny tcp/15-19 0.0.0.0/0",
        "out 85 deny tcp/16-18 0.0.0.0/0",
        OUT,
        IN,
        word="tcp/15-40",
    )
    (hop,) = answer.blocking
    assert hop.rule == "entry 80"


def test_a_subnet_passes_only_if_all_its_addresses_do():
    entries = ("out 90 deny tcp/22 172.31.16.128/25", OUT, IN)
    assert hosts(acls=(acl(SEOUL, *entries),)).ask("tcp/22").verdict is Verdict.REACHES
    (hop,) = hosts(acls=(acl(SEOUL, *entries),), tokyo=subnet_of(TOKYO)).ask("tcp/22").blocking
    assert hop.in_part
    assert hop.rule == "entry 90"


def test_an_acl_that_was_not_read_is_unknown_and_says_where():
    answer = hosts(network_acls=(acl(TOKYO, IN, OUT),)).ask("tcp/22")
    assert answer.verdict is Verdict.UNKNOWN
    assert [hop.words for hop in answer.unknown] == [
        "network ACLs of 111122223333/ap-northeast-2 were not read"
    ] * 2
    assert answer.replies is None


def test_the_closing_deny_of_ipv6_is_a_star_as_well():
    six = {
        "seoul": end_of(SEOUL, network=network("fd39::5")),
        "tokyo": end_of(TOKYO, network=network("fd31::9")),
    }
    closed = acl(TOKYO, "in 32767 deny all 0.0.0.0/0", "in 32768 deny all ::/0")
    answer = hosts(acls=(closed,), **six).ask("tcp/22")
    assert stopped(answer)["there acl-tokyo"] == "entry *"


def test_a_ping_is_two_packets():
    both = ("in 100 allow icmp/8 0.0.0.0/0", "out 100 allow icmp/8 0.0.0.0/0")
    answer = hosts(acls=(acl(TOKYO, *both),)).ask()
    assert stopped(answer) == {"back acl-tokyo": "entry *"}
    with_reply = hosts(acls=(acl(TOKYO, *both, "out 110 allow icmp/0 0.0.0.0/0"),)).ask()
    assert with_reply.verdict is Verdict.REACHES


def test_a_ping_over_ipv6_is_two_packets_of_icmpv6():
    seoul, tokyo = (
        end_of(where, network=network(ip), group_ids=None, any_of_subnet=True)
        for where, ip in ((SEOUL, "fd39::5"), (TOKYO, "fd31::9"))
    )
    asks = ("in 100 allow icmpv6/128 ::/0", "out 100 allow icmpv6/128 ::/0")

    def tokyos(*entries):
        return [
            one
            for one in stopped(hosts(acls=(acl(TOKYO, *entries),), seoul=seoul, tokyo=tokyo).ask())
            if "acl-tokyo" in one
        ]

    assert tokyos(*asks) == ["back acl-tokyo"]
    assert tokyos(*asks, "out 110 allow icmpv6/129 ::/0") == []
    assert tokyos("in 100 allow icmp ::/0", "out 100 allow icmp ::/0") == [
        "there acl-tokyo",
        "back acl-tokyo",
    ]


@pytest.mark.parametrize(
    ("entries", "replies", "ports", "verdict"),
    [
        ([IN], Replies.ALL, "1024-65535", Verdict.REACHES),
        (["in 90 allow tcp/1024-65535 0.0.0.0/0"], Replies.ALL, "1024-65535", Verdict.REACHES),
        # AWS's own example: Linux and Windows Server are served
        (["in 90 allow tcp/32768-65535 0.0.0.0/0"], Replies.SOME, "32768-65535", Verdict.REACHES),
        (["in 90 allow tcp/32768-60999 0.0.0.0/0"], Replies.SOME, "32768-60999", Verdict.REACHES),
        (["in 90 allow tcp/49152-65535 0.0.0.0/0"], Replies.SOME, "49152-65535", Verdict.REACHES),
        # old Windows only; and a deny in the middle, which two sampled ports do not find
        (["in 90 allow tcp/1025-5000 0.0.0.0/0"], Replies.SOME, "1025-5000", Verdict.BLOCKED),
        (
            ["in 90 deny tcp/50000-50999 0.0.0.0/0", IN],
            Replies.SOME,
            "1024-49999, 51000-65535",
            Verdict.BLOCKED,
        ),
        (
            ["in 90 deny tcp/40000 0.0.0.0/0", IN],
            Replies.SOME,
            "1024-39999, 40001-65535",
            Verdict.REACHES,
        ),
        ([], Replies.NONE, "none", Verdict.BLOCKED),
        (["in 90 allow tcp/22 0.0.0.0/0"], Replies.NONE, "none", Verdict.BLOCKED),
        (["in 90 allow udp/1024-65535 0.0.0.0/0"], Replies.NONE, "none", Verdict.BLOCKED),
    ],
)
def test_replies_reach_the_clients_whose_ports_are_open(entries, replies, ports, verdict):
    answer = of_seoul(OUT, *entries)
    assert (answer.replies, str(answer.client_ports), answer.verdict) == (replies, ports, verdict)


@pytest.mark.parametrize(
    ("entries", "note"),
    [
        (
            ["in 90 allow tcp/32768-65535 0.0.0.0/0"],
            "32768-65535: Linux and Windows Server use no others",
        ),
        (
            ["in 90 allow tcp/49152-65535 0.0.0.0/0"],
            "49152-65535: Windows Server uses no others, Linux may use others",
        ),
        (
            ["in 90 allow tcp/32768-60999 0.0.0.0/0"],
            "32768-60999: Linux uses no others, Windows Server may use others",
        ),
        (
            ["in 90 allow tcp/1025-5000 0.0.0.0/0"],
            "1025-5000: Linux and Windows Server may use others",
        ),
    ],
)
def test_the_answer_says_for_which_clients_it_holds(entries, note):
    answer = of_seoul(OUT, *entries)
    assert answer.notes == (f"replies come back only to the client ports {note}",)


def test_a_hop_that_closes_no_port_of_a_usual_client_is_passed_in_part():
    hops = shown(of_seoul(OUT, "in 90 allow tcp/32768-65535 0.0.0.0/0"))
    assert hops[-1] == "back network ACL, in: passed, in part"


def test_two_acls_that_leave_no_usual_client_together_both_block():
    """The one serves Linux alone, the other Windows Server alone."""
    answer = hosts(
        acls=(
            acl(SEOUL, OUT, "in 90 allow tcp/32768-60999 0.0.0.0/0"),
            acl(TOKYO, IN, "out 90 allow tcp/49152-65535 0.0.0.0/0"),
        )
    ).ask("tcp/22")
    assert str(answer.client_ports) == "49152-60999"
    assert [hop.in_part for hop in answer.blocking] == [True, True]


def test_all_traffic_counts_only_ports_that_are_open_for_tcp_and_udp():
    entries = (
        "in 80 deny udp/1024-49151 0.0.0.0/0",
        "in 90 deny tcp/65000-65535 0.0.0.0/0",
        IN,
        OUT,
    )
    answer = hosts(acls=(acl(SEOUL, *entries),)).ask("all")
    assert str(answer.client_ports) == "49152-64999"


def test_all_traffic_is_blocked_back_where_a_protocol_is():
    open_ = (rule_all for rule_all in ("in 80 deny icmp 0.0.0.0/0", IN, OUT))
    answer = hosts(acls=(acl(SEOUL, *open_),), seoul=subnet_of(SEOUL), tokyo=subnet_of(TOKYO)).ask(
        "all"
    )
    assert [(hop.where, hop.state) for hop in answer.hops if hop.back][-1] == (
        "acl-seoul",
        State.BLOCKED,
    )
    assert answer.replies is Replies.ALL


@pytest.mark.parametrize(
    ("entries", "word", "command"),
    [
        # behind the last entry, where the closing deny stops it
        (
            [IN, "out 100 allow tcp/80 0.0.0.0/0"],
            "tcp/22",
            "--egress --rule-number 110 --protocol 6 --port-range From=22,To=22",
        ),
        ([IN], "icmp", "--egress --rule-number 10 --protocol 1 --icmp-type-code Type=8,Code=0"),
        # before the entry that denies, at the nearest number that is free
        (
            [IN, "out 99 allow udp 0.0.0.0/0", "out 100 deny all 0.0.0.0/0"],
            "tcp/22",
            "--egress --rule-number 98 --protocol 6",
        ),
        # before the closing deny, where the last entry has the last number
        (
            [IN, "out 32766 allow udp 0.0.0.0/0"],
            "tcp/22",
            "--egress --rule-number 32765 --protocol 6",
        ),
        # all traffic takes one entry
        (
            [IN],
            "all",
            "--egress --rule-number 10 --protocol -1 --cidr-block 172.31.16.9/32 --rule-action allow",
        ),
        ([IN, "out 100 allow icmp 0.0.0.0/0"], "all", "--egress --rule-number 110 --protocol -1"),
    ],
)
def test_the_opening_is_one_entry_for_the_address_before_the_one_that_denies(
    entries, word, command
):
    (hop,) = [hop for hop in of_seoul(*entries, word=word).blocking if hop.where == "acl-seoul"]
    assert command in hop.opening.command
    assert hop.opening.command.startswith(
        "aws ec2 create-network-acl-entry --region ap-northeast-2 --network-acl-id acl-seoul"
    )


def test_of_two_entries_that_deny_the_opening_precedes_the_first():
    entries = "out 80 deny tcp/10-19 0.0.0.0/0", "out 90 deny tcp/30-39 0.0.0.0/0", OUT, IN
    opening = of_seoul(*entries, word="tcp/10-39").blocking[0].opening
    assert opening.words.endswith("before entry 80")
    assert "--rule-number 78" in opening.command
    assert "--rule-number 79" in opening.command


def test_two_gaps_take_two_entries_and_whole_icmp_no_type():
    answer = of_seoul(IN, "out 90 allow tcp/20-29 0.0.0.0/0", word="tcp/10-40")
    assert answer.blocking[0].opening.command.count("create-network-acl-entry") == 2
    open_ = "out 80 deny icmp 0.0.0.0/0", OUT, IN
    answer = of_seoul(*open_, word="all")
    assert "--protocol 1 --icmp-type-code Type=-1,Code=-1" in answer.blocking[0].opening.command


def test_a_protocol_without_ports_takes_neither_ports_nor_types():
    answer = of_seoul("out 80 deny 47 0.0.0.0/0", OUT, IN, word="all")
    assert "--rule-number 79 --protocol 47 --cidr-block" in answer.blocking[0].opening.command


def test_where_no_number_is_free_the_opening_is_in_words():
    answer = of_seoul("out 1 deny tcp/22 0.0.0.0/0", OUT, IN)
    opening = answer.blocking[0].opening
    assert not opening.command
    assert "give its entries other numbers first, so that one is free before 1" in opening.words


def test_an_opening_over_ipv6_names_an_ipv6_block():
    ends = {
        "seoul": end_of(SEOUL, network=network("fd39::5")),
        "tokyo": end_of(TOKYO, network=network("fd31::9")),
    }
    hop = next(
        hop
        for hop in hosts(acls=(acl(SEOUL),), **ends).ask("tcp/22").blocking
        if hop.where == "acl-seoul"
    )
    assert "--ipv6-cidr-block fd31::9/128" in hop.opening.command
