"""What moto leaves without an answer, served: an error in the service's own form instead.

In: WSGI requests for AWS. Out: moto's answers, or our own if moto has none.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

from moto.backends import list_of_moto_modules
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.wrappers import Response

from peerkeeper_local.cloud.unanswered import FORM, NOT_HERE, is_no_answer, reason
from peerkeeper_local.semantics.protocols import Asked, Reply, not_done

Start = Callable[..., Any]


class _Dispatcher(DomainDispatcherApplication):  # type: ignore[misc]  # moto is not typed
    """moto's, but a service that it does not know is an error, not a line on the console."""

    def get_backend_for_host(self, host: str | None) -> Any:  # noqa: ANN401 - moto is not typed
        known = (
            host is None
            or host == "moto_api"
            or host in list_of_moto_modules()
            or any(pattern.match(f"http://{host}") for _, pattern in self.backend_url_patterns)
        )
        if not known:
            raise NotImplementedError(host)
        return super().get_backend_for_host(host)


class Aws:
    """AWS over HTTP. Every request is answered in the protocol that it came in."""

    def __init__(self) -> None:
        self._moto = _Dispatcher(create_backend_app)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        asked = _asked(environ)
        if asked.service in NOT_HERE:
            return _told(not_done(asked, NOT_HERE[asked.service]), environ, start)
        said: list[Any] = []
        try:
            parts: Iterable[bytes] = self._moto(environ, lambda *words: said.extend(words))
        except Exception as error:
            return _told(not_done(asked, reason(error)), environ, start)
        status, headers = said[:2]
        if status[:3] in ("404", "405"):
            parts = [b"".join(parts)]
            if is_no_answer(asked.method, int(status[:3]), parts[0]):
                return _told(not_done(asked, ""), environ, start)
        start(status, headers)
        return parts


def _told(reply: Reply, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    return Response(reply.body, reply.status, reply.headers)(environ, start)


def _asked(environ: dict[str, Any]) -> Asked:
    """Read the request, and its body if that is a form; moto finds the body as it was."""
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") and isinstance(value, str)
    }
    form = b""
    length = environ.get("CONTENT_LENGTH") or "0"
    if environ.get("CONTENT_TYPE", "").startswith(FORM) and length.isdecimal():
        form = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = io.BytesIO(form)
    path = environ.get("PATH_INFO", "")
    return Asked(environ["REQUEST_METHOD"], path, headers, form.decode("latin-1"))
