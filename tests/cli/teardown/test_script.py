"""The script, run by bash beside an `aws` that answers as the test says."""

import os
import subprocess

import pytest
from peerkeeper.values.zones import ZoneVpc

from peerkeeper_cli.teardown.order.teardown import teardown
from peerkeeper_cli.teardown.script import script
from peerkeeper_cli.teardown.seen.contents import Endpoint, Instance, Interface, NatGateway
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.unread import Unread, Unseen
from peerkeeper_cli.teardown.seen.zone import Zone
from tests.builders import PCX, SEOUL, SEOUL_VPC, TOKYO, TOKYO_VPC, US, route, table
from tests.cli.teardown.seen import own_vpc, seen_of_peering, seen_of_vpc

NOW = 1_800_000_000.0
FAKE = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$LOG"
case "$*" in
  *get-caller-identity*) echo "${WHO:-111122223333}" ;;
esac
for rule in "$ANSWERS"/*; do
  [ -e "$rule" ] || continue
  if [[ $* == *"$(basename "$rule")"* ]]; then . "$rule"; fi
done
exit 0
"""


class Aws:
    """What stands on the PATH; `answers` are shell lines by a word of the command."""

    def __init__(self, folder):
        self.folder, self.log = folder, folder / "log"
        (folder / "bin").mkdir()
        (folder / "answers").mkdir()
        stand_in = folder / "bin/aws"
        stand_in.write_text(FAKE)
        stand_in.chmod(0o755)
        self.log.write_text("")

    def answer(self, word, lines):
        (self.folder / "answers" / word).write_text(lines)

    def run(self, text, **variables):
        known = {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "LOG": str(self.log),
            "ANSWERS": str(self.folder / "answers"),
            "PAUSE": "0",
            "TRIES": "3",
        }
        return subprocess.run(
            ["bash", "-c", text],
            env={**known, **variables},
            text=True,
            capture_output=True,
            check=False,
            timeout=600,
        )

    @property
    def asked(self):
        return self.log.read_text().splitlines()

    @property
    def operations(self):
        return [" ".join(line.split()[:2]) for line in self.asked]


@pytest.fixture
def aws(tmp_path):
    return Aws(tmp_path)


def text_of(seen, profiles=None, endpoint=""):
    return script(teardown(seen), profiles or {}, NOW, endpoint)


def peering():
    tables = (table(SEOUL, routes=(route("172.31.0.0/16", PCX),)),)
    return seen_of_peering(tables=tables)


def fail(code):
    words = f"An error occurred ({code}) when calling the DeleteRoute operation: no"
    return f"echo '{words}' >&2; exit 254\n"


def test_every_call_is_made_in_order_and_waits_are_waited(aws):
    done = aws.run(text_of(peering()))
    assert done.returncode == 0, done.stderr
    assert aws.operations == [
        "sts get-caller-identity",
        "ec2 delete-vpc-peering-connection",
        "ec2 wait",
        "ec2 delete-route",
    ]
    assert "All 2 steps are done." in done.stdout


def test_it_stops_at_the_first_error_and_says_where(aws):
    aws.answer("delete-vpc-peering", fail("UnauthorizedOperation"))
    done = aws.run(text_of(peering()))
    assert done.returncode == 1
    assert "UnauthorizedOperation" in done.stderr
    assert "stopped at step 1: exit code 1. Nothing after it was done." in done.stderr
    assert "ec2 delete-route" not in aws.operations


def test_a_wait_that_fails_stops_it(aws):
    aws.answer("wait", "exit 255\n")
    assert aws.run(text_of(peering())).returncode == 255
    assert "ec2 delete-route" not in aws.operations


def test_what_is_done_already_does_not_stop_it(aws):
    aws.answer("delete-route", fail("InvalidRoute.NotFound"))
    done = aws.run(text_of(peering()))
    assert done.returncode == 0
    assert "done already: InvalidRoute.NotFound" in done.stdout


def test_a_code_that_only_resembles_one_of_the_step_stops_it(aws):
    aws.answer("delete-route", fail("InvalidRouteXNotFound"))
    assert aws.run(text_of(peering())).returncode == 1


def test_credentials_of_another_account_stop_it_before_the_first_call(aws):
    done = aws.run(text_of(peering()), WHO="999988887777")
    assert done.returncode == 1
    assert f"set PROFILE_{US} to a profile of account {US}" in done.stderr
    assert aws.operations == ["sts get-caller-identity"]


def test_a_profile_is_used_for_its_account(aws):
    aws.run(text_of(peering(), {US: "two words"}))
    assert all(line.endswith("--profile two words") for line in aws.asked)
    aws.log.write_text("")
    aws.run(text_of(peering()), **{f"PROFILE_{US}": "other"})
    assert all(line.endswith("--profile other") for line in aws.asked)


def test_what_is_in_the_way_ends_it_before_any_call(aws):
    eni = Interface("eni-1", True, managed=True, kind="lambda", description="it's `$HOME`")
    done = aws.run(text_of(seen_of_vpc(own_vpc(interfaces=(eni,)))))
    assert done.returncode == 3
    assert "in the way: eni-1" in done.stderr
    assert aws.asked == []


def test_what_is_unknown_ends_it_before_any_call(aws):
    gap = Unread(Kind.ROUTE, SEOUL, PCX, "not read: DescribeRouteTables says RequestLimitExceeded")
    done = aws.run(text_of(seen_of_peering(unread=(gap,))))
    assert done.returncode == 4
    assert "DescribeRouteTables says RequestLimitExceeded" in done.stderr
    assert aws.asked == []


def test_a_side_that_was_not_asked_is_a_comment(aws):
    text = text_of(seen_of_peering(unseen=(Unseen(TOKYO, TOKYO_VPC, PCX),)))
    assert f"# {TOKYO_VPC}: " in text
    assert aws.run(text).returncode == 0


def test_a_choice_is_left_to_a_person(aws):
    both = frozenset({ZoneVpc(SEOUL.region, SEOUL_VPC), ZoneVpc(TOKYO.region, TOKYO_VPC)})
    text = text_of(seen_of_peering(zones=(Zone("Z1", "a.", US, vpcs=both, whole=True),)))
    assert "# as 111122223333 aws route53 disassociate-vpc-from-hosted-zone" in text
    assert aws.run(text).returncode == 0
    assert not [one for one in aws.operations if one.startswith("route53")]


def test_calls_of_one_kind_are_made_before_their_waits(aws):
    vpc = own_vpc(instances=(Instance("i-1"), Instance("i-2")), nat_gateways=(NatGateway("nat-1"),))
    aws.run(text_of(seen_of_vpc(vpc)))
    assert aws.operations[1:5] == [
        "ec2 terminate-instances",
        "ec2 terminate-instances",
        "ec2 wait",
        "ec2 wait",
    ]


def endpoint():
    return seen_of_vpc(own_vpc(endpoints=(Endpoint("vpce-1", "s3"),)))


def test_an_endpoint_is_looked_at_until_it_is_gone(aws):
    aws.answer(
        "describe-vpc-endpoints",
        '[ "$(grep -c describe-vpc-endpoints "$LOG")" -ge 3 ] || echo deleting\n',
    )
    done = aws.run(text_of(endpoint()))
    assert done.returncode == 0, done.stderr
    assert aws.operations.count("ec2 describe-vpc-endpoints") == 3


def test_an_endpoint_that_stays_stops_it(aws):
    aws.answer("describe-vpc-endpoints", "echo deleting\n")
    done = aws.run(text_of(endpoint()))
    assert done.returncode == 1
    assert "gave up after 3 looks" in done.stderr
    assert "ec2 delete-vpc" not in aws.operations


@pytest.mark.parametrize(
    ("said", "code"),
    [("None", 0), ("InvalidVpcEndpointId.NotFound", 0), ("OperationNotPermitted", 1)],
)
def test_what_a_call_could_not_delete_is_read(aws, said, code):
    aws.answer("delete-vpc-endpoints", f"echo {said}\n")
    done = aws.run(text_of(endpoint()))
    assert done.returncode == code
    if code:
        assert said in done.stderr


def test_a_local_cloud_is_named_in_the_script(aws):
    text = text_of(peering(), endpoint="http://127.0.0.1:4580")
    assert "export AWS_ENDPOINT_URL=http://127.0.0.1:4580" in text


def test_nothing_to_do_asks_nobody(aws):
    assert aws.run(text_of(seen_of_peering("deleted"))).returncode == 0
    assert aws.asked == []
