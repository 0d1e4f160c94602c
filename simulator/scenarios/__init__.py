"""Scenarios: what there is at the start, and what people then do. The grid of them, by name."""

from simulator.scenarios.consents import HELD_BACK, WITH_CONSENTS
from simulator.scenarios.endpoints import WITH_ENDPOINTS
from simulator.scenarios.grid import BY_NAME, SCENARIOS, SHAPES, TRAPS, WITH_A_PAST
from simulator.scenarios.quotas import WITH_QUOTAS
from simulator.scenarios.scenario import EXTRA, SELF, Scenario, Step
from simulator.scenarios.scopes import WITH_SCOPES

__all__ = [
    "BY_NAME",
    "EXTRA",
    "HELD_BACK",
    "SCENARIOS",
    "SELF",
    "SHAPES",
    "TRAPS",
    "WITH_A_PAST",
    "WITH_CONSENTS",
    "WITH_ENDPOINTS",
    "WITH_QUOTAS",
    "WITH_SCOPES",
    "Scenario",
    "Step",
]
