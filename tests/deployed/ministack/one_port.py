"""The engine listens on the port that it is given, and on no other. Why: it takes 443 as well wherever
it may.
"""

from ministack import app


def bend() -> None:
    free = app._port_is_bindable
    app._port_is_bindable = lambda host, port: port != 443 and free(host, port)
