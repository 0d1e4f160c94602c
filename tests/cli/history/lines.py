"""Log lines of the functions, as values."""

from typing import Any

from peerkeeper_cli.history.log_line import LogLine

PCX, OTHER = "pcx-0a1b2c3d4e5f60718", "pcx-0fedcba9876543210"
HERE, THERE = "111122223333/ap-northeast-1", "111122223333/ap-northeast-2"
CONSENT = {"resource": "vpc-1", "key": "peerkeeper:peers", "word": "self", "breadth": "self"}


def line(at: float, function: str = "connect_peerings", heard=(), **report: Any) -> LogLine:
    said = {"function": function, "mode": "full", **report}
    return LogLine(at, {"message": "reconciled", "report": said, "heard": [*heard]})


def change(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "change": kind,
        "location": HERE,
        "reason": "r",
        "pcx_id": PCX,
        "result": "applied",
        **more,
    }


def route(kind: str = "CreateRoute", table: str = "rtb-1", **more: Any) -> dict[str, Any]:
    return change(kind, route_table_id=table, destination="10.0.0.0/16", **more)


def finding(code: str = "route-conflict", message: str = f"{PCX} waits", subject: str = PCX):
    return {"code": code, "location": HERE, "subject": subject, "message": message}


def flap(logged: float, table: str = "rtb-1", **more: Any) -> LogLine:
    said = {"location": HERE, "resource": table, "what": "10.0.0.0/16", "times": 4, **more}
    return LogLine(logged, {"message": "written again and again", "flap": said})
