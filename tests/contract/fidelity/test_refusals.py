"""Every refusal of the local cloud has a code that EC2 has, spelt its way, and its HTTP status."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

import peerkeeper_local.cloud
import peerkeeper_local.semantics
from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.semantics.identifiers import FORMS, OWN_FORMS
from peerkeeper_local.semantics.refusal import STATUSES
from peerkeeper_local.semantics.route_targets import NO_SUCH
from tests.contract.fidelity.stage import SEOUL

# Code, status, where the two are from. `ID` and `Id` are as EC2 has them.
CODES = """
ActiveVpcPeeringConnectionPerVpcLimitExceeded 400 EC2 errors
AuthFailure 401 observed
CannotDelete 400 observed
DependencyViolation 400 EC2 errors
DryRunOperation 412 observed
DuplicateSubnetsInSameZone 400 observed
IncorrectState 400 EC2 errors
IncorrectInstanceState 400 EC2 errors
InsufficientFreeAddressesInSubnet 400 EC2 errors
InternalError 500 EC2 errors
InternalFailure 500 EC2 errors
InvalidAMIID.NotFound 400 EC2 errors
InvalidAction 400 EC2 errors
InvalidCarrierGatewayID.NotFound 400 observed
InvalidElasticIpID.Malformed 400 observed
InvalidAssociationID.NotFound 400 EC2 errors
InvalidGatewayID.NotFound 400 EC2 errors
InvalidGroup.NotFound 400 EC2 errors
InvalidID 400 EC2 errors
InvalidIPAddress.InUse 400 EC2 errors
InvalidInstanceID.Malformed 400 EC2 errors
InvalidInstanceID.NotFound 400 EC2 errors
InvalidNatGatewayID.NotFound 400 EC2 errors
InvalidNetworkAclEntry.NotFound 400 EC2 errors
InvalidNetworkAclID.NotFound 400 EC2 errors
InvalidNetworkAclId.Malformed 400 EC2 errors
InvalidNetworkInterfaceID.NotFound 400 EC2 errors
InvalidNetworkInterfaceId.Malformed 400 EC2 errors
InvalidNextToken 400 EC2 errors
InvalidParameter 400 EC2 errors
InvalidParameterCombination 400 EC2 errors
InvalidParameterValue 400 EC2 errors
InvalidPolicyDocument 400 EC2 errors
InvalidPermission.Duplicate 400 EC2 errors
InvalidPermission.NotFound 400 EC2 errors
InvalidPrefixListID.NotFound 400 EC2 errors
InvalidPrefixListId.Malformed 400 EC2 errors
InvalidPrefixListId.NotFound 400 observed
InvalidPrefixListModification 400 observed
InvalidRoute.NotFound 400 EC2 errors
InvalidRouteTableID.NotFound 400 EC2 errors
InvalidRouteTableId.Malformed 400 EC2 errors
InvalidRouteTableId.NotFound 400 observed
InvalidServiceName 400 EC2 errors
InvalidSecurityGroupRuleId.NotFound 400 EC2 errors
InvalidStateTransition 400 EC2 errors
InvalidSubnetID.Malformed 400 EC2 errors
InvalidSubnetID.NotFound 400 EC2 errors
InvalidSubnet 400 observed
InvalidSubnet.Conflict 400 EC2 errors
InvalidSubnet.Range 400 observed
InvalidSubnetId.NotFound 400 EC2 errors
InvalidTagKey.Malformed 400 EC2 errors
InvalidTransitGatewayID.NotFound 400 observed
InvalidVpc.Range 400 observed
InvalidVpcCidrBlockAssociationID.NotFound 400 observed
InvalidVpcEndpoint.NotFound 400 EC2 errors
InvalidVpcEndpointId.Malformed 400 EC2 errors
InvalidVpcEndpointId.NotFound 400 EC2 errors
InvalidVpcID.Malformed 400 EC2 errors
InvalidVpcID.NotFound 400 EC2 errors
InvalidVpcId.Malformed 400 observed
InvalidVpcId.NotFound 400 assumed
InvalidVpcPeeringConnectionID.NotFound 400 EC2 errors
InvalidVpcPeeringConnectionId.Malformed 400 EC2 errors
InvalidVpcPeeringConnectionState.DnsHostnamesDisabled 400 EC2 errors
MissingInput 400 EC2 errors
MissingParameter 400 EC2 errors
NatGatewayMalformed 400 EC2 errors
NatGatewayNotFound 400 EC2 errors
NetworkAclEntryAlreadyExists 400 EC2 errors
NetworkAclEntryLimitExceeded 400 EC2 errors
OperationNotPermitted 400 EC2 errors
OutstandingVpcPeeringConnectionLimitExceeded 400 EC2 errors
PrefixListMaxEntriesExceeded 400 observed
PrefixListVersionMismatch 400 observed
RequestLimitExceeded 503 observed
Resource.AlreadyAssociated 400 EC2 errors
RouteAlreadyExists 400 EC2 errors
RouteLimitExceeded 400 EC2 errors
RouteNotSupported 400 assumed
RouteTableLimitExceeded 400 EC2 errors
RulesPerSecurityGroupLimitExceeded 400 EC2 errors
ServerInternal 500 EC2 errors
ServiceUnavailable 503 EC2 errors
TagLimitExceeded 400 EC2 errors
TrailNotFoundException 400 CloudTrail API
UnauthorizedOperation 403 observed
Unavailable 503 EC2 errors
UnsupportedOperation 400 EC2 errors
UnsupportedOperationException 400 CloudTrail API
VpcLimitExceeded 400 EC2 errors
VpcEndpointLimitExceeded 400 EC2 errors
VPCIdNotSpecified 400 EC2 errors
VpcPeeringConnectionAlreadyExists 400 EC2 errors
"""
TABLE = {code: int(status) for code, status, *_ in map(str.split, CODES.strip().splitlines())}


def written() -> Iterator[str]:
    """Yield every code that the rules and the local cloud refuse with, read off their source."""
    for package in (peerkeeper_local.semantics, peerkeeper_local.cloud):
        for path in Path(package.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal"
                if named and node.args and isinstance(node.args[0], ast.Constant):
                    yield node.args[0].value
    yield from (code for _, code in FORMS.values())
    yield from (code for _, code, _ in OWN_FORMS.values())
    yield from (code for code, _ in NO_SUCH.values())
    yield from STATUSES


def test_the_table_has_every_code_that_is_written_and_no_other() -> None:
    assert set(written()) == set(TABLE)


@pytest.fixture(scope="module")
def opened() -> Iterator[LocalCloud]:
    with LocalCloud() as cloud:
        yield cloud


@pytest.mark.parametrize(("code", "status"), TABLE.items(), ids=list(TABLE))
def test_a_client_reads_the_code_and_the_status(opened: LocalCloud, code: str, status: int) -> None:
    opened.outages.fail("DescribeVpcs", code)
    with pytest.raises(ClientError) as caught:
        opened.client("ec2", SEOUL).describe_vpcs()
    reply = caught.value.response
    assert reply["Error"]["Code"] == code
    assert reply["ResponseMetadata"]["HTTPStatusCode"] == status
