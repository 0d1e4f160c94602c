"""One request, as IAM sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """`principal` wants to do `action` with `resource` (an ARN, or `*`).

    `principal`: the ARN of a role or user, or a service such as events.amazonaws.com.

    `context`: condition keys with their value, or values of one that has several. A key is in the
    request only if it is here.
    """

    principal: str
    action: str
    resource: str
    context: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    @property
    def account(self) -> str:
        """The principal's account. Raises IndexError for a service, which has none."""
        return self.principal.split(":")[4]

    @property
    def of_a_service(self) -> bool:
        """Whether a service asks. Source: IAM User Guide, AWS service principals."""
        return not self.principal.startswith("arn:")

    def values(self, key: str) -> tuple[str, ...] | None:
        """Return the values of a condition key, None where it is not in the request.

        Its name is compared without regard to case. Source: IAM User Guide, condition keys.
        """
        found = (value for name, value in self.context.items() if name.lower() == key.lower())
        value = next(found, None)
        return (value,) if isinstance(value, str) else value
