"""Every reply of our own operations is one that botocore's model of EC2 allows, no key unknown."""

from typing import Any

import pytest
from moto.core.responses import ActionResult

from peerkeeper_local.cloud import Call, LocalCloud
from peerkeeper_local.cloud.seam import LocalEc2
from tests.contract.fidelity.group_reference_deviations import referenced, vpc_of
from tests.contract.fidelity.host_deviations import host
from tests.contract.fidelity.replies import MODEL, overlaid, unknown, wrong
from tests.contract.fidelity.security_group_deviations import cidrs, naming
from tests.contract.fidelity.stage import SEOUL, TOKYO, Stage


def play(stage: Stage) -> None:
    """Make every call that the local cloud answers itself, once at least."""
    multipath = {"AllowMultipathResilience": True, "MultipathResilienceMode": "always-on"}
    pcx = stage.request(RequesterPeeringConnectionOptions=multipath)
    ours, theirs = stage.side(pcx), stage.side(pcx, "AccepterVpcInfo")
    stage.tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    stage.dns(stage.tokyo, theirs)
    shape_vpc(stage, ours)
    shape_tables(stage, ours)
    use_peering(stage, pcx)
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    unwanted = stage.requested(stage.vpc(stage.seoul, "10.7.0.0/16"), ours)
    stage.seoul.reject_vpc_peering_connection(VpcPeeringConnectionId=unwanted)
    make_default_vpc_anew(stage)
    use_endpoints(stage, ours)
    use_prefix_lists(stage)
    use_nat_gateways(stage, ours)
    change_acls(stage)
    use_groups(stage)
    run_hosts(stage)


def change_acls(stage: Stage) -> None:
    seoul, vpc = stage.seoul, stage.vpc(stage.seoul)
    subnet = stage.subnet(vpc)
    made = seoul.create_network_acl(VpcId=vpc)["NetworkAcl"]
    named = {"NetworkAclId": made["NetworkAclId"]}
    numbered = {**named, "RuleNumber": 10, "Egress": False}
    entry = {**numbered, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "10.0.0.0/8"}
    seoul.create_network_acl_entry(**entry)
    seoul.replace_network_acl_entry(**{**entry, "RuleAction": "deny"})
    seoul.delete_network_acl_entry(**numbered)
    wanted = [{"Name": "association.subnet-id", "Values": [subnet]}]
    (default,) = seoul.describe_network_acls(Filters=wanted)["NetworkAcls"]
    (old,) = default["Associations"]
    moved = seoul.replace_network_acl_association(
        AssociationId=old["NetworkAclAssociationId"], **named
    )
    seoul.replace_network_acl_association(
        AssociationId=moved["NewAssociationId"], NetworkAclId=default["NetworkAclId"]
    )
    seoul.delete_network_acl(**named)


def use_groups(stage: Stage) -> None:
    seoul, (_pcx, ours, theirs) = stage.seoul, referenced(stage)
    tagged = [{"ResourceType": "security-group", "Tags": [{"Key": "team", "Value": "a"}]}]
    seoul.create_security_group(
        GroupName="x", Description="x", VpcId=vpc_of(stage, ours), TagSpecifications=tagged
    )
    for permission in (naming(theirs, Description="x"), cidrs("10.0.0.0/8")):
        sent = {"GroupId": ours, "IpPermissions": [{"IpProtocol": "-1", **permission}]}
        seoul.authorize_security_group_ingress(**sent)
        seoul.authorize_security_group_egress(**sent)
    seoul.describe_security_group_rules()
    seoul.describe_security_group_references(GroupId=[theirs])
    seoul.get_security_groups_for_vpc(VpcId=vpc_of(stage, ours))
    change_rules(stage, ours)
    seoul.revoke_security_group_egress(**sent)
    seoul.revoke_security_group_ingress(**sent)
    seoul.delete_security_group(GroupId=theirs)
    seoul.describe_stale_security_groups(VpcId=vpc_of(stage, ours))


def change_rules(stage: Stage, group_id: str) -> None:
    """Leave every rule as it says, with other words."""
    seoul, named = stage.seoul, {"GroupId": group_id}
    found = seoul.describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [group_id]}]
    )["SecurityGroupRules"]
    for egress, call in (
        (False, seoul.update_security_group_rule_descriptions_ingress),
        (True, seoul.update_security_group_rule_descriptions_egress),
    ):
        ids = [each["SecurityGroupRuleId"] for each in found if each["IsEgress"] == egress]
        said = [{"SecurityGroupRuleId": each, "Description": "new"} for each in ids]
        call(**named, SecurityGroupRuleDescriptions=said)
    cidr = next(each for each in found if each.get("CidrIpv4") == "10.0.0.0/8")
    kept = {key: cidr[key] for key in ("IpProtocol", "FromPort", "ToPort", "CidrIpv4")}
    update = {"SecurityGroupRuleId": cidr["SecurityGroupRuleId"], "SecurityGroupRule": kept}
    seoul.modify_security_group_rules(**named, SecurityGroupRules=[update])


def run_hosts(stage: Stage) -> None:
    seoul, subnet = stage.seoul, stage.subnet(stage.vpc(stage.seoul))
    made = seoul.create_network_interface(SubnetId=subnet)["NetworkInterface"]
    seoul.delete_network_interface(NetworkInterfaceId=made["NetworkInterfaceId"])
    (image, *_) = seoul.describe_images(Owners=["amazon"])["Images"]
    named = {"InstanceIds": [host(stage, SubnetId=subnet, ImageId=image["ImageId"])["InstanceId"]]}
    for act in (seoul.stop_instances, seoul.start_instances, seoul.terminate_instances):
        stage.advance(60)
        seoul.describe_network_interfaces()
        act(**named)
    stage.advance(60)
    seoul.describe_instances()


def shape_vpc(stage: Stage, vpc: str) -> None:
    seoul = stage.seoul
    stage.dns(seoul, vpc)
    seoul.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    seoul.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
    made = seoul.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="100.64.0.0/16")
    seoul.disassociate_vpc_cidr_block(AssociationId=made["CidrBlockAssociation"]["AssociationId"])
    subnet = stage.subnet(vpc)
    seoul.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    seoul.describe_vpcs()
    seoul.describe_subnets()
    seoul.associate_dhcp_options(DhcpOptionsId="default", VpcId=vpc)
    seoul.describe_regions()
    seoul.delete_subnet(SubnetId=subnet)
    shape_subnets(stage)


def shape_subnets(stage: Stage) -> None:
    """Give a subnet an IPv6 block, and make a default subnet again."""
    seoul = stage.seoul
    made = seoul.create_vpc(CidrBlock="10.6.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
    stage.advance(60)
    (shown,) = seoul.describe_vpcs(VpcIds=[made["VpcId"]])["Vpcs"]
    six = shown["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"].replace("/56", "/64")
    subnet = stage.subnet(made["VpcId"], "10.6.1.0/24")
    seoul.associate_subnet_cidr_block(SubnetId=subnet, Ipv6CidrBlock=six)
    wanted = [{"Name": "default-for-az", "Values": ["true"]}]
    default = seoul.describe_subnets(Filters=wanted)["Subnets"][-1]
    seoul.delete_subnet(SubnetId=default["SubnetId"])
    seoul.create_default_subnet(AvailabilityZone=default["AvailabilityZone"])


def shape_tables(stage: Stage, vpc: str) -> None:
    seoul = stage.seoul
    first, second = stage.new_table(vpc), stage.new_table(vpc)
    made = seoul.associate_route_table(RouteTableId=first, SubnetId=stage.subnet(vpc))
    moved = seoul.replace_route_table_association(
        AssociationId=made["AssociationId"], RouteTableId=second
    )
    seoul.disassociate_route_table(AssociationId=moved["NewAssociationId"])
    seoul.delete_route_table(RouteTableId=first)
    seoul.associate_route_table(RouteTableId=second, GatewayId=stage.gateway(vpc))
    seoul.describe_route_tables()


def use_peering(stage: Stage, pcx: str) -> None:
    seoul, named = stage.seoul, {"VpcPeeringConnectionId": pcx}
    dns = {"AllowDnsResolutionFromRemoteVpc": True}
    seoul.modify_vpc_peering_connection_options(RequesterPeeringConnectionOptions=dns, **named)
    route = {"RouteTableId": stage.routed(pcx), "DestinationCidrBlock": "10.1.0.0/16"}
    seoul.replace_route(**route, **named)
    seoul.describe_route_tables()
    seoul.delete_route(**route)
    seoul.create_tags(Resources=[pcx], Tags=[{"Key": "team", "Value": "a"}])
    stage.shown(seoul, pcx)
    seoul.delete_tags(Resources=[pcx], Tags=[{"Key": "team"}])


def use_endpoints(stage: Stage, vpc: str) -> None:
    seoul, subnet = stage.seoul, stage.subnet(vpc, "10.0.7.0/24")
    made = [
        seoul.create_vpc_endpoint(VpcId=vpc, ServiceName=f"com.amazonaws.{SEOUL}.{name}", **more)
        for name, more in (
            ("s3", {"RouteTableIds": [stage.new_table(vpc)]}),
            ("sqs", {"VpcEndpointType": "Interface", "SubnetIds": [subnet]}),
        )
    ]
    ids = [each["VpcEndpoint"]["VpcEndpointId"] for each in made]
    seoul.modify_vpc_endpoint(VpcEndpointId=ids[0], AddRouteTableIds=[stage.new_table(vpc)])
    seoul.describe_vpc_endpoint_services()
    seoul.describe_vpc_endpoints(VpcEndpointIds=ids)
    seoul.delete_vpc_endpoints(VpcEndpointIds=[*ids, "vpce-0123456789abcdef0"])


def use_prefix_lists(stage: Stage) -> None:
    seoul = stage.seoul
    made = seoul.create_managed_prefix_list(
        PrefixListName="offices",
        AddressFamily="IPv4",
        MaxEntries=3,
        Entries=[{"Cidr": "192.0.2.0/24", "Description": "Seoul"}],
    )
    listed = {"PrefixListId": made["PrefixList"]["PrefixListId"]}
    stage.advance(10)
    seoul.modify_managed_prefix_list(AddEntries=[{"Cidr": "198.51.100.0/24"}], **listed)
    stage.advance(10)
    seoul.restore_managed_prefix_list_version(CurrentVersion=2, PreviousVersion=1, **listed)
    stage.advance(10)
    seoul.get_managed_prefix_list_entries(**listed)
    seoul.get_managed_prefix_list_associations(**listed)
    seoul.describe_managed_prefix_lists()
    seoul.describe_prefix_lists()
    seoul.delete_managed_prefix_list(**listed)


def use_nat_gateways(stage: Stage, vpc: str) -> None:
    seoul, address = stage.seoul, stage.seoul.allocate_address(Domain="vpc")["AllocationId"]
    subnet = stage.subnet(vpc, "10.0.8.0/24")
    interface = seoul.create_network_interface(SubnetId=subnet)["NetworkInterface"]
    taken = seoul.associate_address(
        AllocationId=address, NetworkInterfaceId=interface["NetworkInterfaceId"]
    )
    seoul.disassociate_address(AssociationId=taken["AssociationId"])
    nat = seoul.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
    seoul.describe_nat_gateways()
    seoul.delete_nat_gateway(NatGatewayId=nat["NatGatewayId"])
    seoul.describe_nat_gateways()
    stage.advance(60)
    seoul.release_address(AllocationId=address)


def make_default_vpc_anew(stage: Stage) -> None:
    client = stage.stranger
    (vpc,) = (each["VpcId"] for each in client.describe_vpcs()["Vpcs"])
    for subnet in client.describe_subnets()["Subnets"]:
        client.delete_subnet(SubnetId=subnet["SubnetId"])
    for gateway in client.describe_internet_gateways()["InternetGateways"]:
        client.detach_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"], VpcId=vpc)
    client.delete_vpc(VpcId=vpc)
    client.create_default_vpc()


@pytest.fixture
def raw(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Action and result of each call, before the result is serialised."""
    seen: list[tuple[str, Any]] = []
    performed = LocalEc2._performed

    def watched(self: LocalEc2, action: str, params: dict[str, Any]) -> ActionResult:
        result = performed(self, action, params)
        seen.append((action, result.result))
        return result

    monkeypatch.setattr(LocalEc2, "_performed", watched)
    return seen


def test_every_reply_has_the_shape_of_ec2s_model_and_no_key_besides(
    cloud: LocalCloud, stage: Stage, raw: list[tuple[str, Any]]
) -> None:
    play(stage)
    assert [call for call in cloud.calls if call.error] == []
    assert overlaid() - {call.action for call in cloud.calls} == set()
    assert wrong(cloud.calls) == []
    lost = {
        f"{action}{path}"
        for action, result in raw
        for path in unknown(result, MODEL.operation_model(action).output_shape)
    }
    assert lost == set()


def test_a_wrong_reply_and_an_unknown_key_are_noticed() -> None:
    said = {"Vpcs": [{"VpcId": "vpc-0a1", "Colour": "blue"}], "Return": True}
    shape = MODEL.operation_model("DescribeVpcs").output_shape
    assert sorted(unknown(said, shape)) == [".Return", ".Vpcs[].Colour"]
    call = Call("", "", "DescribeVpcs", {}, lambda: said, None, 0.0, 0.0, 0.0, "", dry_run=False)
    (text,) = wrong([call])
    assert "Colour" in text


def test_a_recorded_reply_is_what_the_client_read(cloud: LocalCloud, stage: Stage) -> None:
    pcx = stage.request()
    reply = stage.tokyo.describe_vpc_peering_connections(VpcPeeringConnectionIds=[pcx])
    call = cloud.calls[-1]
    reply.pop("ResponseMetadata")
    assert (call.region, call.params) == (TOKYO, {"VpcPeeringConnectionIds": [pcx]})
    assert call.reply == reply
