"""What a recorded EC2 call must tell to be written down.

The local cloud's recorder hands such calls out; this says only which of their fields are read.
"""

from collections.abc import Mapping
from typing import Any, Protocol


class Call(Protocol):
    """One EC2 call as the local cloud saw it, read only."""

    @property
    def account(self) -> str:
        """The account the call was made in, twelve digits."""

    @property
    def region(self) -> str:
        """The region of the endpoint."""

    @property
    def action(self) -> str:
        """EC2's name of the operation, such as `CreateRoute`."""

    @property
    def params(self) -> Mapping[str, Any]:
        """The parameters as sent, in botocore's names."""

    @property
    def reply(self) -> Mapping[str, Any] | None:
        """The reply in botocore's names; None after an error."""

    @property
    def error(self) -> tuple[str, str] | None:
        """EC2's error code and message."""

    @property
    def at(self) -> float:
        """When, in epoch seconds of the virtual clock."""

    @property
    def principal(self) -> str:
        """The caller's ARN: an IAM user or an assumed role."""
