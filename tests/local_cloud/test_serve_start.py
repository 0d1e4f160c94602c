"""What `serve` says at its start, and what `--list-events` lists."""

import os
import socket
import subprocess

import pytest

from peerkeeper_cli.app import COMMANDS
from peerkeeper_local.seeds.outset import outset
from peerkeeper_local.seeds.sample_list import sample_list
from peerkeeper_local.seeds.seed import Seed, Wanted, samples
from peerkeeper_local.serve.announcement import LISTENS, LOUD, Served, lines
from peerkeeper_local.serve.bridges import bridge_addresses, wired
from peerkeeper_local.serve.endpoint import refuse_if_taken
from peerkeeper_local.serve.reach import resolved, warning
from tests.served import ROOT, run

BRIDGE = "172.17.0.1"
VARIABLES = {"AWS_ENDPOINT_URL": LISTENS, "AWS_ACCESS_KEY_ID": "AKIAX"}


def served(**changes) -> Served:
    said = {
        "url": LISTENS,
        "seed": "none",
        "speed": 1.0,
        "functions": True,
        "parameters": {"Mode": "full"},
        "accounts": ("111122223333",),
        "regions": ("ap-northeast-2",),
        "seeded": (),
        "warning": "",
    }
    return Served(**{**said, **changes})


def text(one: Served) -> list[str]:
    return [line for line, _ in lines(one, VARIABLES, "./peerkeeper")]


def test_the_keys_are_said_to_be_made_up_before_they_are_shown() -> None:
    said = text(served())
    assert "They open no real account" in said[0]
    assert said.index("export AWS_ACCESS_KEY_ID=AKIAX") > 0


def test_all_but_the_exports_is_a_comment_of_at_most_80_columns() -> None:
    long = served(parameters={f"Parameter{n}": "a-value" for n in range(20)}, warning="words " * 40)
    rest = [line for line in text(long) if not line.startswith(("export ", "unset "))]
    assert [line for line in rest if not line.startswith("# ") or len(line) > 80] == []


def test_the_next_commands_name_the_endpoint_only_where_it_is_not_the_usual_one() -> None:
    assert '#   eval "$(./peerkeeper client)"' in text(served())
    elsewhere = served(url="http://127.0.0.1:9")
    assert '#   eval "$(./peerkeeper client --endpoint http://127.0.0.1:9)"' in text(elsewhere)


def test_a_seed_that_is_there_to_be_looked_at_says_how() -> None:
    said = text(served(first_look=("plan --role-name admin", "map")))
    assert said[-2:] == ["#   ./peerkeeper plan --role-name admin", "#   ./peerkeeper map"]


def test_every_command_that_the_estate_is_looked_at_with_is_there():
    looks = outset(Wanted(Seed.ESTATE)).first_look
    assert looks
    assert {words.split()[0] for words in looks} <= COMMANDS.keys()


def test_accounts_that_accept_nothing_from_each_other_are_told() -> None:
    two = {"accounts": ("111122223333", "444455556666")}
    loud = [line for line, style in lines(served(**two), VARIABLES, "") if style == LOUD]
    assert "AllowedAccounts=111122223333,444455556666" in " ".join(loud)
    allowed = served(**two, parameters={"AllowedAccounts": "444455556666"})
    assert LOUD not in {style for _, style in lines(allowed, VARIABLES, "")}


def test_a_seed_in_regions_that_nobody_looks_after_is_told() -> None:
    seeded = ("ap-northeast-2", "ap-northeast-1")
    said = dict(lines(served(seed="story", seeded=seeded), VARIABLES, ""))
    assert said["# seed story has VPCs in ap-northeast-1, which Regions leaves out"] == LOUD
    everywhere = served(seed="story", seeded=seeded, regions=seeded)
    assert LOUD not in {style for _, style in lines(everywhere, VARIABLES, "")}


@pytest.mark.parametrize(
    ("host", "addresses", "warned"),
    [
        ("127.0.0.1", ["127.0.0.1"], ""),
        ("localhost", ["::1", "127.0.0.1"], ""),
        (BRIDGE, [BRIDGE], ""),
        ("192.168.1.7", ["192.168.1.7"], "other machines may reach"),
        ("me.example", ["127.0.0.1", "10.0.0.9"], "other machines may reach"),
        ("0.0.0.0", ["0.0.0.0"], f"containers need only {BRIDGE}"),
        ("::", ["::"], "every address of this machine"),
    ],
)
def test_an_address_that_others_reach_is_warned_of(host, addresses, warned) -> None:
    said = warning(host, addresses, {BRIDGE})
    assert warned in said
    assert bool(said) == bool(warned)
    assert ("without a login" in said) == bool(warned)


def test_without_bridges_the_warning_names_none() -> None:
    assert "containers" not in warning("0.0.0.0", ["0.0.0.0"], set())


@pytest.mark.enable_socket
def test_a_name_stands_for_its_addresses_and_loopback_is_no_bridge() -> None:
    assert set(resolved("localhost")) <= {"127.0.0.1", "::1"}
    assert "127.0.0.1" not in bridge_addresses()


def test_a_bridge_with_hardware_in_it_is_part_of_a_network_outside(tmp_path) -> None:
    for port in ("veth1", "eth0"):
        (tmp_path / "br0/brif" / port).mkdir(parents=True)
        (tmp_path / port).mkdir()
    assert not wired(tmp_path, "br0")
    (tmp_path / "eth0/device").mkdir()
    assert wired(tmp_path, "br0")


def test_every_sample_is_listed_with_what_it_is_a_line_each() -> None:
    listed = dict(line.split("\t") for line in run("serve", "--list-events").stdout.splitlines())
    assert sorted(listed) == samples()
    assert all(listed.values())
    assert listed == sample_list()
    assert listed["delete-route-to-internet"] == "Seoul: DeleteRoute of 0.0.0.0/0"


def test_a_shell_that_evaluates_the_lines_of_client_takes_the_comment_for_one() -> None:
    script = "\n".join(text(served()))
    done = subprocess.run(
        ["sh", "-c", 'eval "$LINES_OF_CLIENT"; echo $AWS_ACCESS_KEY_ID'],
        env={**os.environ, "LINES_OF_CLIENT": script},
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("AKIAX\n", "")


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_refused_with_one_that_may_be_free():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(
            OSError, match=f"127.0.0.1:{port}; choose another port: --port {port + 1}"
        ):
            refuse_if_taken("127.0.0.1", port)
    refuse_if_taken("127.0.0.1", 0)
