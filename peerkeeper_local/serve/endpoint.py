"""One HTTP endpoint: AWS's API for any client, and a few paths for the served cloud itself.

In: a stage and its service. Out: an address. moto's own control paths are closed: they would empty half
of the cloud. These paths are ours:

- GET /_peerkeeper/state shows the cloud.
- GET /_peerkeeper/variables says how to reach it.
- GET /_peerkeeper/variables/<account> says how to act in another account.
- GET /_peerkeeper/settings shows the settings of its functions.
- GET /_peerkeeper/log?about=<id> shows what they logged of a thing.
- POST /_peerkeeper/invoke runs an event.
"""

from __future__ import annotations

import errno
import json
import re
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from peerkeeper_cli.served_cloud.errors import InvocationError
from peerkeeper_local.invoke.invocation import invoke
from peerkeeper_local.saved.state import state
from peerkeeper_local.serve.service import Service
from peerkeeper_local.serve.unanswered import Aws
from peerkeeper_local.serve.variables import for_shell, of_the_functions
from peerkeeper_local.story import Stage

OWN = "/_peerkeeper/"
OF_AN_ACCOUNT = re.compile("variables/([0-9]{12})")


def refuse_if_taken(host: str, port: int) -> None:
    """Raise OSError that names the remedy if another program listens there. Port 0 is always free."""
    for family, kind, protocol, _, address in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                named = _in_a_url(host)
                raise OSError(
                    f"another program listens on {named}:{port}; choose another port: --port {port + 1}, "
                    f"and then client --endpoint http://{named}:{port + 1}"
                ) from error


def _in_a_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class _Quiet(MotoRequestHandler):  # type: ignore[misc]  # moto is not typed
    """The live view tells what happens; a line for each request would drown it."""

    def log_request(self, *_: object, **__: object) -> None:
        """Say nothing."""


class Endpoint:
    """The served cloud. Port 0 takes a free one; `url` is where it listens."""

    def __init__(self, stage: Stage, service: Service, host: str, port: int) -> None:
        self._stage, self._service = stage, service
        self._aws = Aws()
        self._server = make_server(host, port, self._answer, threaded=True, request_handler=_Quiet)
        self.url = f"http://{_in_a_url(host)}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/moto-api"):
            return Response("moto's own API is closed here\n", 403)(environ, start)
        if path.startswith(OWN):
            return self._own(Request(environ))(environ, start)
        reply: Iterable[bytes] = self._aws(environ, start)
        return reply

    def _own(self, request: Request) -> Response:
        match request.method, request.path.removeprefix(OWN):
            case "GET", "state":
                return _json(self._service.do(lambda: state(self._stage)))
            case "GET", "variables":
                return _json(for_shell(self._stage, self.url))
            case "GET", path if found := OF_AN_ACCOUNT.fullmatch(path):
                return _json(for_shell(self._stage, self.url, found[1]))
            case "GET", "log":
                about = request.args.get("about", "")
                return _json(self._service.do(lambda: self._stage.log.about(about)))
            case "GET", "settings":
                return _json(of_the_functions(self._stage))
            case "POST", "invoke" if request.mimetype == "application/json":
                return self._invoke(request)
            case _:
                return _json({"error": "no such path"}, 404)

    def _invoke(self, request: Request) -> Response:
        try:
            event = json.loads(request.get_data())
            done = self._service.do(lambda: invoke(self._stage, event))
        except (ValueError, InvocationError) as error:
            return _json({"error": str(error)}, 400)
        return _json(done)


def _json(value: object, status: int = 200) -> Response:
    return Response(
        json.dumps(value, default=str, indent=2) + "\n", status, mimetype="application/json"
    )
