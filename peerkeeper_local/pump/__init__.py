"""The event pump: carries what happens in the local cloud to the real functions, as AWS would.

In: a local cloud and the deployment's templates. Out: the functions' runs, and a step for everything that
happened on the way. Never decides who gets an event: the templates' patterns do.
"""

from peerkeeper_local.cloudtrail.trails import Logs
from peerkeeper_local.pump.delivery import Delivery
from peerkeeper_local.pump.kept_log import KeptLog
from peerkeeper_local.pump.pump import Pump, PumpError
from peerkeeper_local.pump.steps import (
    Announced,
    DeadLettered,
    EventEmitted,
    EventForwarded,
    EventIgnored,
    EventLost,
    EventMatched,
    EventRefused,
    FunctionInvoked,
    FunctionReturned,
    HandOffSent,
    Noticed,
    NoticeRefused,
    Step,
)

__all__ = [
    "Announced",
    "DeadLettered",
    "Delivery",
    "EventEmitted",
    "EventForwarded",
    "EventIgnored",
    "EventLost",
    "EventMatched",
    "EventRefused",
    "FunctionInvoked",
    "FunctionReturned",
    "HandOffSent",
    "KeptLog",
    "Logs",
    "NoticeRefused",
    "Noticed",
    "Pump",
    "PumpError",
    "Step",
]
