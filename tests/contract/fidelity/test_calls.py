"""What the local cloud records of each call, and who is said to have made it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest

from peerkeeper_local.cloud import Call, LocalCloud, depth
from tests.contract.fidelity.stage import OURS, SEOUL, THEIRS, TOKYO, outcome

ROLE = "peerkeeper-connect-peerings"


def test_a_call_is_recorded_as_it_was_sent_and_answered(cloud: LocalCloud) -> None:
    cloud.clock.advance(60)
    vpc = cloud.client("ec2", SEOUL).create_vpc(CidrBlock="10.0.0.9/16")["Vpc"]
    cloud.client("ec2", SEOUL).describe_vpcs()
    call, later = cloud.calls[-2:]
    assert (call.account, call.region, call.action) == (OURS, SEOUL, "CreateVpc")
    assert call.params == {"CidrBlock": "10.0.0.9/16"}
    assert call.reply is not None
    assert call.reply["Vpc"]["CidrBlock"] == vpc["CidrBlock"] == "10.0.0.0/16"
    assert (call.error, call.dry_run) == (None, False)
    assert call.at == cloud.clock.now()
    assert call.started < call.ended < later.started < later.ended
    assert call.principal == f"arn:aws:iam::{OURS}:user/operator"


def test_failed_and_dry_calls_are_recorded_with_their_error_and_no_reply(cloud: LocalCloud) -> None:
    client = cloud.client("ec2", SEOUL)
    outcome(client.describe_vpcs, VpcIds=["vpc-0ff"])
    outcome(client.create_vpc, CidrBlock="10.0.0.0/16", DryRun=True)
    failed, dry = cloud.calls[-2:]
    assert failed.error == ("InvalidVpcID.NotFound", "The vpc ID 'vpc-0ff' does not exist")
    assert (failed.reply, failed.dry_run) == (None, False)
    assert dry.error is not None
    assert (dry.error[0], dry.dry_run) == ("DryRunOperation", True)


def test_a_host_in_a_named_subnet_needs_no_default_vpc(cloud: LocalCloud) -> None:
    client = cloud.client("ec2", SEOUL)
    (default,) = client.describe_vpcs()["Vpcs"]
    for subnet in client.describe_subnets()["Subnets"]:
        client.delete_subnet(SubnetId=subnet["SubnetId"])
    for gateway in client.describe_internet_gateways()["InternetGateways"]:
        named = {"InternetGatewayId": gateway["InternetGatewayId"]}
        client.detach_internet_gateway(VpcId=default["VpcId"], **named)
    client.delete_vpc(VpcId=default["VpcId"])
    vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = client.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    image = client.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    sent = {"ImageId": image, "MinCount": 1, "MaxCount": 1}
    made = client.run_instances(**sent, SubnetId=subnet)["Instances"][0]
    assert made["SubnetId"] == subnet
    assert outcome(client.run_instances, **sent) == "VPCIdNotSpecified"


def test_another_account_acts_in_its_own_name_and_store(cloud: LocalCloud) -> None:
    theirs = cloud.client("ec2", SEOUL, account=THEIRS)
    vpc = theirs.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
    assert vpc["OwnerId"] == THEIRS
    assert cloud.calls[-1].principal == f"arn:aws:iam::{THEIRS}:user/operator"
    found = outcome(cloud.client("ec2", SEOUL).describe_vpcs, VpcIds=[vpc["VpcId"]])
    assert found == "InvalidVpcID.NotFound"


@pytest.mark.parametrize("principal", [ROLE, f"arn:aws:iam::{OURS}:role/{ROLE}"])
def test_an_unmodified_session_acts_as_the_role_of_its_environment(
    cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch, principal: str
) -> None:
    for name, value in cloud.environment(principal).items():
        monkeypatch.setenv(name, value)
    session = boto3.Session(region_name=TOKYO)
    session.client("ec2").describe_vpcs()
    assert cloud.calls[-1].principal == f"arn:aws:sts::{OURS}:assumed-role/{ROLE}/{ROLE}"
    assert cloud.calls[-1].account == OURS


def test_a_role_assumed_in_another_account_acts_there_under_its_own_name(
    cloud: LocalCloud,
) -> None:
    sts = cloud.client("sts", SEOUL, principal=ROLE)
    arn = f"arn:aws:iam::{THEIRS}:role/peerkeeper-spoke"
    keys = sts.assume_role(RoleArn=arn, RoleSessionName="hub")["Credentials"]
    session = boto3.Session(
        keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], region_name=SEOUL
    )
    session.client("ec2").describe_vpcs()
    call = cloud.calls[-1]
    assert call.account == THEIRS
    assert call.principal == f"arn:aws:sts::{THEIRS}:assumed-role/peerkeeper-spoke/hub"


def test_a_subscriber_may_call_ec2_itself(cloud: LocalCloud) -> None:
    client, seen = cloud.client("ec2", SEOUL), []

    def look(call: Call) -> None:
        seen.append(call.action)
        if call.action == "CreateVpc":
            client.describe_vpcs()

    cloud.on_call(look)
    client.create_vpc(CidrBlock="10.0.0.0/16")
    assert seen == ["CreateVpc", "DescribeVpcs"]


def test_parallel_calls_overlap_and_waves_are_counted(cloud: LocalCloud) -> None:
    client = cloud.client("ec2", SEOUL)
    with cloud.waves.abreast(), ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            list(pool.map(lambda _: client.describe_vpcs(), range(8)))
    assert len(cloud.calls) == 24
    assert depth(cloud.calls) == 3


def test_a_small_pool_takes_more_waves_and_calls_one_by_one_as_many_as_they_are(
    cloud: LocalCloud,
) -> None:
    client = cloud.client("ec2", SEOUL)
    with cloud.waves.abreast(), ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: client.describe_vpcs(), range(8)))
        assert depth(cloud.calls) == 3
        for _ in range(4):
            client.describe_vpcs()
    assert depth(cloud.calls) == 3 + 4


def test_a_task_of_two_calls_takes_two_waves_and_others_need_not_call_at_all(
    cloud: LocalCloud,
) -> None:
    client = cloud.client("ec2", SEOUL)

    def look(times: int) -> None:
        for _ in range(times):
            client.describe_vpcs()

    with cloud.waves.abreast(), ThreadPoolExecutor(8) as pool:
        list(pool.map(look, (0, 1, 2, 0, 1, 2)))
    assert [(call.started, call.ended) for call in cloud.calls].count((0, 1)) == 4
    assert [(call.started, call.ended) for call in cloud.calls].count((1, 2)) == 2
    assert depth(cloud.calls) == 2


def test_a_task_that_fails_holds_up_no_wave(cloud: LocalCloud) -> None:
    client = cloud.client("ec2", SEOUL)

    def look(number: int) -> None:
        if number == 2:
            raise ZeroDivisionError
        client.describe_vpcs()

    with cloud.waves.abreast(), ThreadPoolExecutor(2) as pool:
        with pytest.raises(ZeroDivisionError):
            list(pool.map(look, range(6)))
        client.describe_vpcs()
    assert len(cloud.calls) == 6


def test_calls_from_many_threads_leave_a_whole_world(cloud: LocalCloud) -> None:
    client, start = cloud.client("ec2", SEOUL), threading.Barrier(8)

    def create(third: int) -> str:
        start.wait()
        return str(client.create_vpc(CidrBlock=f"10.{third}.0.0/16")["Vpc"]["VpcId"])

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(create, range(8)))
    assert len(made) == 8
    known = {vpc["VpcId"] for vpc in client.describe_vpcs()["Vpcs"]}
    assert made < known


def test_depth_is_the_greatest_number_of_disjoint_calls() -> None:
    def call(started: float, ended: float) -> Call:
        return Call(OURS, SEOUL, "DescribeVpcs", {}, dict, None, 0.0, started, ended, "arn", False)

    assert depth([]) == 0
    assert depth([call(0, 10), call(1, 2), call(3, 4), call(2.5, 9)]) == 2
    assert depth([call(0, 1), call(1, 2), call(2, 3)]) == 3
