"""EC2's model, cut down to what commands may call; read once for all sessions. In: a session. Out: models.

A client has a method for each operation of its model: EC2's has 830, of which ours call eight. With only
these, and the model read once, a client costs a tenth of the time, and has no method that can write.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.loaders import Loader
    from botocore.session import Session


class Models:
    """The models of a loader, with only these operations of EC2."""

    def __init__(self, whole: Loader, operations: frozenset[str]) -> None:
        """Take where the models are, and which operations of EC2 are kept."""
        self._whole = whole
        self._operations = operations
        self._reading = Lock()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else that a loader does
        """Return the loader's own."""
        return getattr(self._whole, name)

    def load_service_model(
        self, service_name: str, type_name: str, api_version: str | None = None
    ) -> dict[str, Any]:
        """Return a service's model. Sixteen threads read it once."""
        with self._reading:
            model: dict[str, Any] = self._whole.load_service_model(
                service_name, type_name, api_version
            )
        if (service_name, type_name) != ("ec2", "service-2"):
            return model
        kept = {name: one for name, one in model["operations"].items() if name in self._operations}
        return {**model, "operations": kept}


_models: dict[tuple[tuple[str, ...], frozenset[str]], Models] = {}


def share_models(session: Session, operations: frozenset[str]) -> None:
    """Let the session read models where it would, together with every other that does."""
    own = session.get_component("data_loader")
    key = (tuple(own.search_paths), operations)
    session.register_component("data_loader", _models.setdefault(key, Models(own, operations)))
