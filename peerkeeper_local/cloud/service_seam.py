"""The seam of services other than EC2: what stands between moto and the operations laid over it.

In: requests. Out: responses, one at a time under the cloud's lock, refusals as the service's model has them.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, ClassVar
from unittest.mock import patch

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse

from peerkeeper_local.cloud.world import World
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.refusal import Refusal

Answer = tuple[int, dict[str, Any], Any]


class LocalService(BaseResponse):  # type: ignore[misc]  # moto is not typed
    """A service of which the local cloud answers some operations itself."""

    lock: ClassVar[AbstractContextManager[object]]
    world: ClassVar[World]
    params: dict[str, Any]

    @property
    def location(self) -> Location:
        """The account the caller acts in, and the Region of the endpoint called."""
        return Location(self.current_account, self.region)

    def checked(self, action: str) -> None:
        """Raise Refusal unless the caller may do this. Here everybody may."""

    def call_action(self) -> Answer:
        """Answer one request; a refusal has the HTTP status that the service's model says."""
        with self.lock:
            try:
                self.checked(self._get_action())
                answer: Answer = super().call_action()
            except Refusal as refusal:
                error = _Refused(refusal.code, refusal.message)
                status, headers, body = self.serialized(ActionResult(error))
                headers, body = self._enrich_response(headers, body)
                answer = status, headers, body
        return answer


class _Refused(ServiceException):  # type: ignore[misc]  # moto is not typed
    """A Refusal as moto writes it. It is in no module of moto, so the called service's model is taken."""

    def __str__(self) -> str:
        return str(self.message)


def laid_over(
    url_paths: dict[str, Callable[..., object]],
    service: type[LocalService],
    world: World,
    lock: AbstractContextManager[object],
    *,
    paths: Iterable[str] = (),
    **more: object,
) -> AbstractContextManager[object]:
    """Return what leads moto's `url_paths`, and further `paths`, to `service`, in process and served alike.

    `more`: what else the service's operations stand on, by name.
    """
    here: Any = type(f"{service.__name__}Here", (service,), {"world": world, "lock": lock, **more})
    return patch.dict(url_paths, dict.fromkeys((*url_paths, *paths), here.dispatch))
