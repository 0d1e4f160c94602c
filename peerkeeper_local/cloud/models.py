"""One loader of botocore's models for the process, while a local cloud is open. In: nothing. Out: a patch.

Every function has a botocore session of its own, as in Lambda, and every session would parse EC2 anew:
a third of the demo's time, and half of its memory. A loader keeps what it parsed; nobody writes into it.
"""

from contextlib import AbstractContextManager
from functools import cache
from unittest.mock import patch

import botocore.session
from botocore.loaders import Loader, create_loader


@cache
def _shared() -> Loader:
    return Loader()


def _loader(search_path: str | None = None) -> Loader:
    """Return the shared loader; one with a search path of its own sees other models, so it stays apart."""
    return create_loader(search_path) if search_path else _shared()


def one_loader() -> AbstractContextManager[object]:
    """Return the patch: botocore's sessions made while it lasts share one loader."""
    return patch.object(botocore.session, "create_loader", _loader)
