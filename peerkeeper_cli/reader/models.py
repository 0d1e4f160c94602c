"""EC2's model, cut down to what commands may call; read once for all sessions. In: a session. Out: models.

A client has a method for each operation of its model: EC2's has 830, of which ours call eight. With only
these, and the model read once, a client costs a tenth of the time, and has no method that can write.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from botocore.loaders import Loader

if TYPE_CHECKING:
    from botocore.session import Session


class Models(Loader):
    """botocore's models, with only these operations of EC2."""

    def __init__(self, paths: tuple[str, ...], operations: frozenset[str]) -> None:
        """Take where the models are, and which operations of EC2 are kept."""
        super().__init__([*paths], include_default_search_paths=False)
        self._operations = operations
        self._reading = Lock()

    def load_service_model(
        self, service_name: str, type_name: str, api_version: str | None = None
    ) -> dict[str, Any]:
        """Return a service's model. Sixteen threads read it once."""
        with self._reading:
            model: dict[str, Any] = super().load_service_model(service_name, type_name, api_version)
        if (service_name, type_name) != ("ec2", "service-2"):
            return model
        kept = {name: one for name, one in model["operations"].items() if name in self._operations}
        return {**model, "operations": kept}


_models = cache(Models)


def share_models(session: Session, operations: frozenset[str]) -> None:
    """Let the session read models where it would, together with every other that does."""
    paths = tuple(session.get_component("data_loader").search_paths)
    session.register_component("data_loader", _models(paths, operations))
