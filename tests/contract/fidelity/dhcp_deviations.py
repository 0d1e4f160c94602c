"""What plain moto does otherwise than EC2: the DHCP options of a VPC."""

from tests.contract.fidelity.stage import Deviation, Stage, outcome

AMAZON = {
    "domain-name-servers": ["AmazonProvidedDNS"],
    "domain-name": ["ap-northeast-2.compute.internal"],
}
GUIDE = "VPC User Guide, DHCP option sets"


def options_of_a_region(stage: Stage) -> object:
    return [
        {each["Key"]: [value["Value"] for value in each["Values"]] for each in configured}
        for configured in (
            options["DhcpConfigurations"]
            for options in stage.seoul.describe_dhcp_options()["DhcpOptions"]
        )
    ]


def options_of_a_new_vpc(stage: Stage) -> str:
    """Use what CreateVpc answers and what DescribeVpcs shows: they are one set, and it exists."""
    made = stage.seoul.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["DhcpOptionsId"]
    every = {vpc["DhcpOptionsId"] for vpc in stage.seoul.describe_vpcs()["Vpcs"]}
    return outcome(stage.seoul.describe_dhcp_options, DhcpOptionsIds=sorted({made, *every}))


def options_in_use(stage: Stage) -> str:
    options = stage.seoul.describe_vpcs()["Vpcs"][0]["DhcpOptionsId"]
    return outcome(stage.seoul.delete_dhcp_options, DhcpOptionsId=options)


def options_of_a_deleted_vpc(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    sent = [{"Key": "domain-name", "Values": ["example.com"]}]
    made = stage.seoul.create_dhcp_options(DhcpConfigurations=sent)["DhcpOptions"]
    options = made["DhcpOptionsId"]
    stage.seoul.associate_dhcp_options(DhcpOptionsId=options, VpcId=vpc)
    stage.seoul.delete_vpc(VpcId=vpc)
    return outcome(stage.seoul.describe_dhcp_options, DhcpOptionsIds=[options])


def _associated(stage: Stage, vpc: str, options: str) -> object:
    stage.seoul.associate_dhcp_options(DhcpOptionsId=options, VpcId=vpc)
    return stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["DhcpOptionsId"]


def no_options_at_all(stage: Stage) -> list[bool]:
    """Whether a VPC has no options: at first, without them, and with those of the Region again."""
    vpc = stage.vpc(stage.seoul)
    first = stage.seoul.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["DhcpOptionsId"]
    seen = [first, _associated(stage, vpc, "default")]
    if first != "default":
        seen.append(_associated(stage, vpc, first))
    return [each == "default" for each in seen]


UNKNOWN = "InvalidDhcpOptionID.NotFound"
DHCP = (
    Deviation("a Region has a set of DHCP options", GUIDE, options_of_a_region, [AMAZON], []),
    Deviation(
        "a new VPC has the Region's DHCP options", "observed", options_of_a_new_vpc, "done", UNKNOWN
    ),
    Deviation(
        "DHCP options in use cannot be deleted",
        "EC2 API",
        options_in_use,
        "DependencyViolation",
        "InvalidDhcpOptionsId.Malformed",
    ),
    Deviation("DHCP options outlive a VPC", GUIDE, options_of_a_deleted_vpc, "done", UNKNOWN),
    Deviation(
        "a VPC may have no DHCP options",
        "EC2 API",
        no_options_at_all,
        [False, True, False],
        [True, True],
    ),
)
