"""Real clients, unmodified, find the served cloud by the printed variables alone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from peerkeeper_cli.served_cloud.errors import InvocationError
from peerkeeper_local.serve.exports import exports
from tests.served import A_PROCESS, HANGS, ROOT, SEOUL, TOKYO, Served, environment, serving, until

AWS = os.environ.get("AWS", "")
OURS, THEIRS = "111122223333", "444455556666"
AGREES = "ResourceType=vpc,Tags=[{Key=peerkeeper:peers,Value=self}]"
pytestmark = pytest.mark.enable_socket
needs_aws = pytest.mark.skipif(not AWS, reason="needs the aws CLI: `make test` sets it up")


class Cli:
    """The aws CLI as one caller."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.variables = variables

    def __call__(self, words: str, *more: str, region: str = SEOUL):
        command = [AWS, *words.split(), *more, "--region", region, "--output", "json"]
        done = subprocess.run(
            command, env=self.variables, text=True, capture_output=True, timeout=HANGS, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def vpc(self, cidr: str, region: str, *more: str) -> str:
        made = self(f"ec2 create-vpc --cidr-block {cidr}", *more, region=region)
        return made["Vpc"]["VpcId"]

    def assume(self, account: str) -> "Cli":
        """Return the caller that a role of `account` makes of this one."""
        role = f"arn:aws:iam::{account}:role/network-admin"
        words = f"sts assume-role --role-session-name cli --role-arn {role}"
        keys = self(words)["Credentials"]
        return Cli(
            {
                **self.variables,
                "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
                "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
                "AWS_SESSION_TOKEN": keys["SessionToken"],
            }
        )

    def shown(self, pcx: str, region: str):
        words = f"ec2 describe-vpc-peering-connections --vpc-peering-connection-ids {pcx}"
        return self(words, region=region)["VpcPeeringConnections"][0]

    def routes_to(self, pcx: str, region: str) -> set[str]:
        """Return the destinations that `region` sends to the peering."""
        filters = f"Name=route.vpc-peering-connection-id,Values={pcx}"
        tables = self(f"ec2 describe-route-tables --filters {filters}", region=region)
        return {
            route["DestinationCidrBlock"]
            for table in tables["RouteTables"]
            for route in table["Routes"]
            if route.get("VpcPeeringConnectionId") == pcx
        }


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving("--speed", "30") as served:
        yield served


@needs_aws
def test_the_cli_peers_two_regions_and_ends_it_again(served: Served) -> None:
    aws = Cli(served.variables)
    assert aws("sts get-caller-identity")["Arn"] == f"arn:aws:iam::{OURS}:user/operator"
    ours, theirs = (
        aws.vpc(cidr, region, "--tag-specifications", AGREES)
        for cidr, region in (("10.1.0.0/16", SEOUL), ("10.2.0.0/16", TOKYO))
    )
    words = f"ec2 create-vpc-peering-connection --vpc-id {ours} --peer-vpc-id {theirs}"
    made = aws(f"{words} --peer-region {TOKYO}")["VpcPeeringConnection"]
    pcx = made["VpcPeeringConnectionId"]
    assert made["Status"]["Code"] == "initiating-request"
    assert until(lambda: aws.routes_to(pcx, SEOUL) == {"10.2.0.0/16"}, A_PROCESS)
    assert until(lambda: aws.routes_to(pcx, TOKYO) == {"10.1.0.0/16"}, A_PROCESS)
    assert until(lambda: resolves(aws.shown(pcx, TOKYO)), A_PROCESS)
    aws(f"ec2 delete-vpc-peering-connection --vpc-peering-connection-id {pcx}", region=TOKYO)
    assert until(lambda: not aws.routes_to(pcx, SEOUL) | aws.routes_to(pcx, TOKYO), A_PROCESS)


@needs_aws
def test_a_gateway_endpoint_that_the_cli_tags_gets_its_table() -> None:
    tagged = "ResourceType=vpc-endpoint,Tags=[{Key=peerkeeper:endpoint-tables,Value=private}]"
    with serving("--speed", "30", "--set", "Endpoints=keep") as served:
        aws = Cli(served.variables)
        vpc = aws.vpc("10.1.0.0/16", SEOUL)
        aws(f"ec2 create-subnet --vpc-id {vpc} --cidr-block 10.1.1.0/24")
        (main,) = aws(f"ec2 describe-route-tables --filters Name=vpc-id,Values={vpc}")[
            "RouteTables"
        ]
        words = f"ec2 create-vpc-endpoint --vpc-id {vpc} --service-name com.amazonaws.{SEOUL}.s3"
        made = aws(words, "--tag-specifications", tagged)["VpcEndpoint"]
        assert not made.get("RouteTableIds")
        shown = f"ec2 describe-vpc-endpoints --vpc-endpoint-ids {made['VpcEndpointId']}"
        wanted = [main["RouteTableId"]]
        assert until(lambda: aws(shown)["VpcEndpoints"][0]["RouteTableIds"] == wanted, A_PROCESS)


def resolves(pcx) -> bool:
    options = pcx["AccepterVpcInfo"].get("PeeringOptions", {})
    return pcx["Status"]["Code"] == "active" and options["AllowDnsResolutionFromRemoteVpc"]


def tags(pcx) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in pcx["Tags"]}


@needs_aws
def test_a_strangers_request_waits_until_our_side_accepts_it_by_hand(served: Served) -> None:
    aws = Cli(served.variables)
    stranger = aws.assume(THEIRS)
    assert stranger("sts get-caller-identity")["Account"] == THEIRS
    ours = aws.vpc("10.11.0.0/16", SEOUL, "--tag-specifications", AGREES)
    theirs = stranger.vpc("10.12.0.0/16", TOKYO)
    words = f"ec2 create-vpc-peering-connection --vpc-id {theirs} --peer-vpc-id {ours}"
    more = f"--peer-region {SEOUL} --peer-owner-id {OURS}"
    spoof = "ResourceType=vpc-peering-connection,Tags=[{Key=peerkeeper:approved,Value=true}]"
    made = stranger(f"{words} {more}", "--tag-specifications", spoof, region=TOKYO)
    pcx = made["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    assert until(lambda: aws.shown(pcx, SEOUL)["Status"]["Code"] == "pending-acceptance", A_PROCESS)
    assert "peerkeeper:approved" not in tags(aws.shown(pcx, SEOUL))
    seen = served.now()
    assert until(lambda: served.now() > seen + timedelta(seconds=90))
    assert until(lambda: tags(aws.shown(pcx, SEOUL)) == {"peerkeeper:status": "held"}, A_PROCESS)
    assert aws.shown(pcx, SEOUL)["Status"]["Code"] == "pending-acceptance"
    aws(f"ec2 accept-vpc-peering-connection --vpc-peering-connection-id {pcx}")
    assert until(lambda: stranger.shown(pcx, TOKYO)["Status"]["Code"] == "active", A_PROCESS)


def test_boto3_without_a_line_changed_is_led_by_the_variables(served: Served) -> None:
    program = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=served.variables,
        text=True,
        capture_output=True,
        timeout=HANGS,
        check=True,
    )
    assert done.stdout.strip() == f"arn:aws:iam::{OURS}:user/operator"


def test_the_printed_lines_can_be_had_again(served: Served) -> None:
    command = [sys.executable, "-m", "peerkeeper_local", "client", "--endpoint", served.url]
    done = subprocess.run(
        command, env=served.variables, cwd=ROOT, text=True, capture_output=True, check=True
    )
    lines = [f"export {name}={value}" for name, value in served.said.items()]
    comment, _unset, *rest = done.stdout.splitlines()
    assert comment.startswith("# ")
    assert rest == lines


@needs_aws
def test_what_a_shell_has_from_real_work_does_not_lead_there(served: Served) -> None:
    """A session token, a profile and an endpoint of its own: the printed lines take them away."""
    real = {
        "AWS_PROFILE": "production",
        "AWS_SESSION_TOKEN": "secret",
        "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    }
    client = f"{sys.executable} -m peerkeeper_local client --endpoint {served.url}"
    done = subprocess.run(
        ["bash", "-c", f'eval "$({client})"; {AWS} sts get-caller-identity --query Arn'],
        env={**environment(), **real},
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=HANGS,
        check=True,
    )
    assert json.loads(done.stdout) == f"arn:aws:iam::{OURS}:user/operator"


@pytest.mark.parametrize(
    "answer", [[], {"PATH": "/tmp"}, {"AWS_X;true": "1"}, {"AWS_REGION": ["a"]}]
)
def test_what_is_no_variable_is_never_printed_for_a_shell(answer: object) -> None:
    with pytest.raises(InvocationError):
        list(exports(answer))
