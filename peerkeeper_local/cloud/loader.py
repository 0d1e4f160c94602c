"""The loader of models that sessions of a local cloud share. Imported first, it loads moto with it.

moto's modules ask botocore for EC2's Regions while they load, in three sessions. Each would parse EC2's
model.
"""

import gc
from functools import cache
from unittest.mock import patch

import botocore.session
from botocore.loaders import Loader, create_loader


@cache
def shared() -> Loader:
    """Return the one loader."""
    return Loader()


def loader(search_path: str | None = None) -> Loader:
    """Return the shared loader; one with a search path of its own sees other models, so it stays apart."""
    return create_loader(search_path) if search_path else shared()


with patch.object(botocore.session, "create_loader", loader):
    import moto.ec2.models  # noqa: F401
gc.freeze()  # the model stays for good: each walk over it would take as long as a scene
