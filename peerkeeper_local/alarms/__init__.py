"""CloudWatch's alarms, over what the functions measure in virtual time.

In: a pump to listen to, and the alarms of a deployed stack. Out: when each alarm changed its state, and whom
it told. Never calls CloudWatch, real or moto's.
"""

from peerkeeper_local.alarms.expression import ExpressionError, evaluated
from peerkeeper_local.alarms.history import Change, changes, told
from peerkeeper_local.alarms.measured import Measured
from peerkeeper_local.alarms.metrics import Metrics
from peerkeeper_local.alarms.state import State, next_state

__all__ = [
    "Change",
    "ExpressionError",
    "Measured",
    "Metrics",
    "State",
    "changes",
    "evaluated",
    "next_state",
    "told",
]
