"""A role of a stack has the permissions boundary that its template says. Why: the engine's IAM
enforces boundaries, and its CloudFormation puts them on users alone.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from ministack.services import iam
from ministack.services.cloudformation import provisioners

Made = tuple[str, dict[str, Any]]


def bounded(handler: Callable[..., Made], at: int) -> Callable[..., Made]:
    """Return the handler of roles that also puts the boundary on; its properties are the argument at
    that place.
    """

    @wraps(handler)
    def handle(*given: Any, **more: Any) -> Made:
        made = handler(*given, **more)
        iam._roles[made[0]]["PermissionsBoundary"] = given[at].get("PermissionsBoundary")
        return made

    return handle


def bend() -> None:
    (handlers,) = (
        one
        for one in vars(provisioners).values()
        if isinstance(one, dict)
        and isinstance(one.get("AWS::IAM::Role"), dict)
        and "create" in one["AWS::IAM::Role"]
    )
    role = handlers["AWS::IAM::Role"]
    role["create"] = bounded(role["create"], 1)
    role["update"] = bounded(role["update"], 2)
