"""One request, as IAM sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """`principal` (a role's or user's ARN) wants to do `action` with `resource` (an ARN, or `*`).

    `context`: condition keys with their values. A key that is not there is not in the request.
    """

    principal: str
    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)

    @property
    def account(self) -> str:
        """The principal's account."""
        return self.principal.split(":")[4]

    def value(self, key: str) -> str | None:
        """Return the value of a condition key, whose name is compared without regard to case.

        Source: IAM User Guide, condition keys.
        """
        found = (value for name, value in self.context.items() if name.lower() == key.lower())
        return next(found, None)
