"""The places in moto that are replaced while a local cloud is open. In: their stand-ins.

Out: context managers, each of which puts one stand-in in place and removes it again.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from unittest.mock import patch
from xml.sax.saxutils import escape

import moto.ec2.models.amis
import moto.ec2.models.security_groups
import moto.ec2.models.vpcs
import moto.ec2.urls
import moto.ec2.utils
import moto.sqs.models
from moto import mock_aws
from moto.core.responses import ActionResult
from moto.sts.responses import TokenResponse

from peerkeeper_local.cloud.clock import VirtualClock
from peerkeeper_local.cloud.groups import admit_itself
from peerkeeper_local.cloud.ids import PinnedIds
from peerkeeper_local.cloud.message_moves import message_moves
from peerkeeper_local.cloud.models import made_once
from peerkeeper_local.cloud.unanswered import unanswered
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.networks import canonical

_DENIED = (
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>'
    "<Code>AccessDenied</Code><Message>{}</Message></Error></ErrorResponse>"
)
"""Source: STS API reference, common errors; query protocol."""
CheckAssume = Callable[[Location, str, str, str | None], str]


def patches(
    clock: VirtualClock, ids: PinnedIds, dispatch: Callable[..., object], check_assume: CheckAssume
) -> Iterator[AbstractContextManager[object]]:
    """Yield moto itself (mocking no credentials), models, the EC2 seam, ids, IPv6, STS, and SQS on our clock.

    What moto leaves unanswered is an error. Machine images are left out: moto would make 1,300 of them for
    each location and each reset.
    """
    yield from made_once()
    yield patch.object(moto.ec2.models.amis.AmiBackend, "_load_amis", lambda _images: None)
    yield mock_aws(config={"core": {"mock_credentials": False}})
    yield unanswered()
    yield patch.dict(moto.ec2.urls.url_paths, {"{0}/": dispatch})
    yield patch.object(moto.ec2.utils, "random_id", ids)
    yield patch.object(moto.ec2.models.vpcs, "random_ipv6_cidr", _ipv6_cidr)
    yield _default_groups()
    yield _roles_by(check_assume)
    yield from _queues_on(clock)
    yield from message_moves()


def _roles_by(check: CheckAssume) -> AbstractContextManager[object]:
    """AssumeRole asks first whether the caller may, which moto does not."""
    assume: Callable[[TokenResponse], ActionResult] = TokenResponse.assume_role

    def checked(response: TokenResponse) -> ActionResult | tuple[int, dict[str, int], str]:
        where = Location(response.current_account, response.region)
        given = (response._get_param(name) for name in ("RoleArn", "ExternalId"))
        if words := check(where, response.get_access_key(), *given):
            # Not an error of moto's: AccessDenied is common to all services, and in no service's model.
            return 403, {"status": 403}, _DENIED.format(escape(words))
        return assume(response)

    return patch.object(TokenResponse, "assume_role", checked)


def _default_groups() -> AbstractContextManager[object]:
    """Let a default group admit its own members from the start, as moto's does not."""
    store = moto.ec2.models.security_groups.SecurityGroupBackend
    create: Callable[..., Any] = store.create_security_group

    def created(backend: object, *sent: object, **named: object) -> Any:  # noqa: ANN401 - moto's
        group = create(backend, *sent, **named)
        if group.is_default:
            admit_itself(group)
        return group

    return patch.object(store, "create_security_group", created)


def _ipv6_cidr() -> str:
    """Return one of moto's IPv6 CIDRs, compressed as EC2 writes them: without leading zeros."""
    return canonical(moto.ec2.utils.random_ipv6_cidr())


def _queues_on(clock: VirtualClock) -> Iterator[AbstractContextManager[object]]:
    """SQS delays, visibility and redrive run on `clock`.

    A long poll on a clock that stands still would never end, so a receive answers at once.
    """
    sqs = moto.sqs.models
    unix_time, receive = sqs.unix_time, sqs.SQSBackend.receive_message

    def seconds(when: datetime | None = None) -> float:
        return clock.now() if when is None else float(unix_time(when))

    def milliseconds(when: datetime | None = None) -> float:
        return seconds(when) * 1000

    def at_once(
        queues: object, name: str, count: int, _wait: int, *rest: object, **named: object
    ) -> object:
        return receive(queues, name, count, 0, *rest, **named)

    yield patch.object(sqs, "unix_time", seconds)
    yield patch.object(sqs, "unix_time_millis", milliseconds)
    yield patch.object(sqs.SQSBackend, "receive_message", at_once)
