"""What plain moto does otherwise than EC2: who may set which peering option."""

from typing import Any

from tests.contract.fidelity.stage import Deviation, Stage, outcome

ERRORS = "EC2 errors"
DNS = {"AllowDnsResolutionFromRemoteVpc": True}
NOT_PERMITTED = "OperationNotPermitted"


def _options(stage: Stage, pcx: str, **sides: Any) -> str:
    call = stage.seoul.modify_vpc_peering_connection_options
    sent = {f"{side.capitalize()}PeeringConnectionOptions": each for side, each in sides.items()}
    return outcome(call, VpcPeeringConnectionId=pcx, **sent)


def options_while_pending(stage: Stage) -> str:
    return _options(stage, stage.request(), requester=DNS)


def options_of_the_other_region(stage: Stage) -> str:
    return _options(stage, stage.active(), accepter=DNS)


def options_of_the_other_account(stage: Stage) -> str:
    pcx = stage.with_stranger()
    stage.stranger.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    return _options(stage, pcx, accepter=DNS)


def options_of_a_deleted_peering(stage: Stage) -> str:
    pcx = stage.active()
    stage.seoul.delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    return _options(stage, pcx, requester=DNS)


def no_options(stage: Stage) -> str:
    return _options(stage, stage.active())


def options_without_dns(stage: Stage) -> str:
    return _options(stage, stage.active(), requester=DNS)


def classic_link_between_regions(stage: Stage) -> str:
    flag = {"AllowEgressFromLocalClassicLinkToRemoteVpc": False}
    return _options(stage, stage.active(), requester=flag)


def _at_home(stage: Stage) -> str:
    """Return an active peering of two VPCs of Seoul, both of which have DNS hostnames."""
    ours, theirs = stage.vpc(stage.seoul), stage.vpc(stage.seoul, "10.1.0.0/16")
    stage.dns(stage.seoul, ours)
    stage.dns(stage.seoul, theirs)
    pcx = stage.requested(ours, theirs)
    stage.seoul.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    stage.advance(10)
    return pcx


def classic_link_at_home(stage: Stage) -> str:
    flag = {"AllowEgressFromLocalClassicLinkToRemoteVpc": True}
    return _options(stage, _at_home(stage), requester=flag)


def answer_to_one_flag(stage: Stage) -> list[str]:
    call = stage.seoul.modify_vpc_peering_connection_options
    reply = call(VpcPeeringConnectionId=_at_home(stage), RequesterPeeringConnectionOptions=DNS)
    return sorted(reply["RequesterPeeringConnectionOptions"])


def multipath_resilience(stage: Stage) -> list[bool]:
    """What each side allows once a request with multipath resilience is accepted."""
    asked = {"AllowMultipathResilience": True, "MultipathResilienceMode": "always-on"}
    pcx = stage.request(RequesterPeeringConnectionOptions=asked)
    stage.tokyo.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    shown = stage.shown(stage.seoul, pcx)
    return [
        shown[side]["PeeringOptions"].get("AllowMultipathResilience", False)
        for side in ("RequesterVpcInfo", "AccepterVpcInfo")
    ]


OPTIONS = (
    Deviation(
        "options can be set only on an active peering",
        "observed",
        options_while_pending,
        NOT_PERMITTED,
        "done",
    ),
    Deviation(
        "the other Region's options can be set only there",
        "observed",
        options_of_the_other_region,
        NOT_PERMITTED,
        "done",
    ),
    Deviation(
        "only the other account can set its options",
        "observed",
        options_of_the_other_account,
        NOT_PERMITTED,
        "done",
    ),
    Deviation(
        "options of a deleted peering cannot be set",
        "observed",
        options_of_a_deleted_peering,
        NOT_PERMITTED,
        "done",
    ),
    Deviation(
        "a call sets the options of at least one side",
        "assumed",
        no_options,
        "MissingParameter",
        "done",
    ),
    Deviation(
        "one side's DNS resolution needs DNS in its own VPC",
        ERRORS,
        options_without_dns,
        "InvalidVpcPeeringConnectionState.DnsHostnamesDisabled",
        "done",
    ),
    Deviation(
        "accepting takes over multipath resilience",
        "EC2 API",
        multipath_resilience,
        [True, True],
        [False, False],
    ),
    Deviation(
        "ClassicLink flags are refused between Regions",
        "observed",
        classic_link_between_regions,
        NOT_PERMITTED,
        "done",
    ),
    Deviation(
        "ClassicLink is retired",
        "EC2 API (code assumed)",
        classic_link_at_home,
        "UnsupportedOperation",
        "done",
    ),
    Deviation(
        "the reply has only the option that was sent",
        "EC2 API, examples",
        answer_to_one_flag,
        ["AllowDnsResolutionFromRemoteVpc"],
        [
            "AllowDnsResolutionFromRemoteVpc",
            "AllowEgressFromLocalClassicLinkToRemoteVpc",
            "AllowEgressFromLocalVpcToRemoteClassicLink",
        ],
    ),
)
