"""All that is in a cloud, as its owners see it. In: a cloud. Out: documents by id."""

from typing import Any

from peerkeeper_local.cloud import LocalCloud

LISTS = {
    "describe_addresses": ("Addresses", "AllocationId"),
    "describe_egress_only_internet_gateways": (
        "EgressOnlyInternetGateways",
        "EgressOnlyInternetGatewayId",
    ),
    "describe_internet_gateways": ("InternetGateways", "InternetGatewayId"),
    "describe_managed_prefix_lists": ("PrefixLists", "PrefixListId"),
    "describe_nat_gateways": ("NatGateways", "NatGatewayId"),
    "describe_network_acls": ("NetworkAcls", "NetworkAclId"),
    "describe_network_interfaces": ("NetworkInterfaces", "NetworkInterfaceId"),
    "describe_route_tables": ("RouteTables", "RouteTableId"),
    "describe_security_groups": ("SecurityGroups", "GroupId"),
    "describe_subnets": ("Subnets", "SubnetId"),
    "describe_vpc_endpoints": ("VpcEndpoints", "VpcEndpointId"),
    "describe_vpcs": ("Vpcs", "VpcId"),
}


def inventory(cloud: LocalCloud) -> dict[str, Any]:
    """Return every resource of every account and Region, and every zone with its VPCs, by id."""
    found: dict[str, Any] = {}
    for account in (cloud.account, *cloud.accounts):
        for region in cloud.regions:
            ec2 = cloud.client("ec2", region, account=account)
            for operation, (key, id_key) in LISTS.items():
                for one in getattr(ec2, operation)()[key]:
                    found[one[id_key]] = one
            for reservation in ec2.describe_instances()["Reservations"]:
                for one in reservation["Instances"]:
                    if one["State"]["Name"] != "terminated":
                        found[one["InstanceId"]] = one
        route53 = cloud.client("route53", "us-east-1", account=account)
        for one in route53.list_hosted_zones()["HostedZones"]:
            found[one["Id"]] = route53.get_hosted_zone(Id=one["Id"])["VPCs"]
    return found


def vpcs_of(document: Any) -> set[str]:
    """Return the VPCs that a document says it is in, or is attached to."""
    if "Attachments" in document:
        return {one["VpcId"] for one in document["Attachments"] if "VpcId" in one}
    return {document["VpcId"]} if "VpcId" in document else set()
