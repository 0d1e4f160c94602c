"""EC2's bad days, on order. In: hooks that say which call fails. Out: the refusal to answer with.

A hook sees (location, action, params) and returns None, or the error as a Refusal or a pair (code,
message). Before: the call has no effect. After: it had its effect, but the caller gets the error.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Literal

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal

Hook = Callable[[Location, str, Mapping[str, Any]], Refusal | tuple[str, str] | None]
When = Literal["before", "after"]


class Outages:
    """The faults in force. Hooks are asked in the order they were added; the first error wins."""

    def __init__(self) -> None:
        self._hooks: dict[When, list[Hook]] = {"before": [], "after": []}

    def add(self, hook: Hook, when: When = "before") -> ExitStack:
        """Put `hook` in force at once, until what is returned is closed, or its `with` block left."""
        hooks = self._hooks[when]
        hooks.append(hook)
        lift = ExitStack()
        lift.callback(lambda: hooks.remove(hook) if hook in hooks else None)
        return lift

    def fail(
        self,
        action: str,
        code: str,
        message: str = "A fault was ordered.",
        *,
        times: int = 1,
        location: tuple[str, str] | None = None,
        when: When = "before",
    ) -> ExitStack:
        """Let the next `times` calls of `action` (in `location`) fail; lifted as in `add`."""
        left = times

        def hook(at: Location, asked: str, _params: Mapping[str, Any]) -> Refusal | None:
            nonlocal left
            if asked != action or (location is not None and at != location) or left <= 0:
                return None
            left -= 1
            return Refusal(code, message)

        return self.add(hook, when)

    def region_down(self, location: tuple[str, str]) -> ExitStack:
        """Let every call in `location` fail with ServiceUnavailable (HTTP 503); lifted as in `add`."""

        def hook(at: Location, _action: str, _params: Mapping[str, Any]) -> Refusal | None:
            if at != location:
                return None
            return Refusal("ServiceUnavailable", "The service is unavailable. Please try again.")

        return self.add(hook)

    def clear(self) -> None:
        """Lift every fault."""
        for hooks in self._hooks.values():
            hooks.clear()

    def check(self, when: When, at: Location, action: str, params: Mapping[str, Any]) -> None:
        """Raise the Refusal that is due for this call, if one is."""
        for hook in tuple(self._hooks[when]):
            error = hook(at, action, params)
            if error is not None:
                raise error if isinstance(error, Refusal) else Refusal(*error)
