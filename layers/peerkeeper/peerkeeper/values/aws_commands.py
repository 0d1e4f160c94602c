"""Advice as commands of the AWS CLI, or ours, that work when pasted: ids and no names, a tag's whole value.

In: an operation and what it is about; a resource's tags. Out: a command, in words; a key and a value.
"""

from __future__ import annotations

from peerkeeper.values.ec2 import Network, Route, RouteTable, Tags
from peerkeeper.values.tag_keys import PEERS
from peerkeeper.values.tags import WORD, value_of

MOST = 256
"""Characters of a tag's value. Source: EC2 User Guide, tag restrictions."""


def aws_ec2(operation: str, region: str, *words: str) -> str:
    """Return the command, with these words after the region."""
    return " ".join((f"aws ec2 {operation} --region {region}", *words))


def on_peering(operation: str, region: str, pcx_id: str) -> str:
    """Return the command of an operation that names one peering connection."""
    return aws_ec2(operation, region, f"--vpc-peering-connection-id {pcx_id}")


def agreeing_tag(tags: Tags, word: str) -> tuple[str, str]:
    """Return key and value of the tag that agrees to `word` and keeps what is agreed already.

    The value is the whole new one: words of the old one that have no effect are left out. If it would be too
    long, the word gets its own key.
    """
    kept = [each for each in (value_of(tags, PEERS) or "").split() if WORD.fullmatch(each)]
    value = " ".join([*kept, word])
    return (PEERS, value) if len(value) <= MOST else (f"{PEERS}-{word}", word)


def create_tag(region: str, resource: str, key: str, value: str) -> str:
    """Return the command that sets one tag. Single quotes keep a value with spaces whole."""
    return aws_ec2(
        "create-tags", region, f"--resources {resource} --tags 'Key={key},Value={value}'"
    )


def delete_route(table: RouteTable, route: Route) -> str:
    """Return the command that deletes one route of a table.

    Source: AWS CLI reference, ec2 delete-route.
    """
    named = f"--destination-prefix-list-id {route.prefix_list}"
    if route.destination and not route.prefix_list:
        named = destination_option(route.destination)
    words = f"--route-table-id {table.id} {named}"
    return aws_ec2("delete-route", table.location.region, words)


def create_route(region: str, table_id: str, network: Network, pcx_id: str) -> str:
    """Return the command that routes one network to a peering connection.

    Source: AWS CLI reference, ec2 create-route.
    """
    words = f"--route-table-id {table_id} {destination_option(network)}"
    return f"{on_peering('create-route', region, pcx_id)} {words}"


def destination_option(network: Network) -> str:
    """Return the option that names the network of a route. Source: AWS CLI reference, ec2 create-route."""
    family = "" if network.version == 4 else "ipv6-"
    return f"--destination-{family}cidr-block {network}"


def turn_on_host_names(region: str, vpc_id: str, *, support: bool | None) -> str:
    """Return the commands, as one line, that turn on DNS hostnames of a VPC.

    `support`: whether its DNS support is on; None if that was not read. EC2 refuses hostnames without it.
    Source: AWS CLI reference, ec2 modify-vpc-attribute; VPC User Guide, DNS attributes.
    """
    wanted = ("hostnames",) if support else ("support", "hostnames")
    words = (f"--vpc-id {vpc_id} --enable-dns-{one} Value=true" for one in wanted)
    return " && ".join(aws_ec2("modify-vpc-attribute", region, each) for each in words)


def explain(pcx_id: str, region: str) -> str:
    """Return Peerkeeper's command that says what is in a peering's way, and how to fix it."""
    return f"peerkeeper explain {pcx_id} --region {region}"


def everything(region: str) -> str:
    """Return Peerkeeper's command that lists the peerings of a region."""
    return f"peerkeeper peerings --region {region}"
