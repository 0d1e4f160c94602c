"""The event pump: carries what happens in the local cloud to the real functions, as AWS would.

In: a local cloud and the deployment's templates. Out: the functions' runs, and a step for everything that
happened on the way. Never decides who gets an event: the templates' patterns do.
"""

from workbench.pump.delivery import Delivery
from workbench.pump.pump import Pump, PumpError
from workbench.pump.steps import (
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
    HandOff,
    Noticed,
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
    "HandOff",
    "Noticed",
    "Pump",
    "PumpError",
    "Step",
]
