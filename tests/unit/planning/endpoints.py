"""Builders for tests of VPC endpoints: an S3 gateway endpoint of Seoul's VPC, and its prefix list."""

from dataclasses import replace

from peerkeeper.values.ec2 import PrefixList, Route
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.vpc_endpoints import VpcEndpoint

from tests.builders import SEOUL, SEOUL_VPC, US, snapshot, vpc

S3 = "com.amazonaws.ap-northeast-2.s3"
ONE, OTHER = "vpce-0a39a39a39a39a301", "vpce-0a39a39a39a39a302"
S3_LIST = PrefixList(SEOUL, "pl-0a39a39a39a39a301", of_aws=True, name=S3)
SSM = "com.amazonaws.ap-northeast-2.ssm"
DNS_ON = (("peerkeeper:private-dns", "on"),)
PRIVATE, ALL = ((("peerkeeper:endpoint-tables", said),) for said in ("private", "all"))


def gateway(id_=ONE, **changed):
    return replace(VpcEndpoint(SEOUL, id_, SEOUL_VPC, US, S3, "gateway", "available"), **changed)


def interface(id_=ONE, **changed):
    built = VpcEndpoint(SEOUL, id_, SEOUL_VPC, US, SSM, "interface", "available")
    return replace(built, **changed)


def to_s3(target=ONE):
    """The route that an endpoint brings into a table."""
    return Route(None, target, static=False, prefix_list=S3_LIST.id)


def seen(*resources, endpoints=(), lists=(S3_LIST,), **changed):
    """Seoul, read whole, with endpoints; its VPC is ours unless another one is given."""
    given = {one.id for one in resources}
    built = snapshot(*(() if SEOUL_VPC in given else (vpc(SEOUL),)), *resources)
    reads = {Read(SEOUL, Describe.VPC_ENDPOINTS)}
    if lists:
        reads.add(Read(SEOUL, Describe.AWS_PREFIX_LISTS))
    built = replace(
        built,
        vpc_endpoints={(one.location, one.id): one for one in endpoints},
        prefix_lists={(one.location, one.id): one for one in lists},
        done=built.done | reads,
    )
    return replace(built, **changed)
