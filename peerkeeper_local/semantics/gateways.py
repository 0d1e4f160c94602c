"""What may be attached to a VPC. In: a VPC and what it has. Out: nothing, or a Refusal."""

from peerkeeper_local.semantics.refusal import Refusal


def check_attach(vpc_id: str, attached: str | None) -> None:
    """Raise Refusal if the VPC has an internet gateway already. Source: observed."""
    if attached is not None:
        raise Refusal(
            "InvalidParameterValue",
            f"Network {vpc_id} already has an internet gateway attached",
        )
