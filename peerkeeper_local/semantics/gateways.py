"""What may be attached to a VPC, and detached. In: a VPC and what it has. Out: nothing, or a Refusal."""

from collections.abc import Collection

from peerkeeper_local.semantics.refusal import Refusal


def check_attach(vpc_id: str, attached: str | None) -> None:
    """Raise Refusal if the VPC has an internet gateway already. Source: observed."""
    if attached is not None:
        raise Refusal(
            "InvalidParameterValue",
            f"Network {vpc_id} already has an internet gateway attached",
        )


def check_detach(vpc_id: str, public: Collection[str]) -> None:
    """Raise Refusal while the VPC has public addresses. Source: observed (code and text)."""
    if public:
        raise Refusal(
            "DependencyViolation",
            f"Network {vpc_id} has some mapped public address(es). "
            "Please unmap those public address(es) before detaching the gateway.",
        )
