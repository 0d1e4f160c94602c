"""What botocore and moto make of a model, made once for the process while a local cloud is open.

In: nothing. Out: patches. Every function has its own botocore session, as in Lambda. Every session would
parse EC2's model again, and every client would write its 700 methods again. That is a third of the demo's
time, and half of its memory. A parsed model never changes. A method keeps nothing of its client.

At each call, moto spells the action's name again, and at each object a member's (`picker.py`): a third of a
call's time. At each call, botocore also cleans the same words of its user agent.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, TypeAlias
from unittest.mock import patch

import botocore.session
import botocore.useragent
import moto.core.responses
from botocore.client import ClientCreator
from botocore.model import ServiceModel
from moto.core.utils import camelcase_to_underscores

from peerkeeper_local.cloud.loader import loader, shared
from peerkeeper_local.cloud.picker import KeptPicker

Methods: TypeAlias = dict[str, Callable[..., Any]]

_written: dict[tuple[str, str], Methods] = {}
# Private names of botocore, which has no public place for either.
_write: Callable[[ClientCreator, ServiceModel], Methods] = vars(ClientCreator)["_create_methods"]


def _methods(creator: ClientCreator, model: ServiceModel) -> Methods:
    """Return the methods of a client class: botocore adds its own to them, so each class gets a copy."""
    if vars(creator)["_loader"] is not shared():  # other models may stand behind the name
        return _write(creator, model)
    key = (model.service_name, model.api_version)
    if key not in _written:
        _written[key] = _write(creator, model)
        gc.freeze()  # the model stays for good, and walking it at each collection costs a quarter of a story
    return dict(_written[key])


def made_once() -> Iterator[AbstractContextManager[object]]:
    """Return the patches: sessions made while they last share one loader, clients their methods."""
    yield patch.object(botocore.session, "create_loader", loader)
    yield patch.object(ClientCreator, "_create_methods", _methods)
    sanitize = botocore.useragent.sanitize_user_agent_string_component
    yield patch.object(botocore.useragent, "sanitize_user_agent_string_component", cache(sanitize))
    yield patch.object(moto.core.responses, "XFormedAttributePicker", KeptPicker)
    yield patch.object(
        moto.core.responses, "camelcase_to_underscores", cache(camelcase_to_underscores)
    )
