"""Seeded bugs, by name."""

from simulator.mutants import (
    consents,
    decisions,
    edges,
    endpoints,
    quotas,
    scopes,
    tellings,
    verdicts,
)
from simulator.mutants.registry import MUTANTS, Mutant

__all__ = [
    "MUTANTS",
    "Mutant",
    "consents",
    "decisions",
    "edges",
    "endpoints",
    "quotas",
    "scopes",
    "tellings",
    "verdicts",
]
