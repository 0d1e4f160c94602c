"""Seeded bugs, by name."""

from simulator.mutants import decisions, edges, endpoints, quotas, scopes, tellings, verdicts
from simulator.mutants.registry import MUTANTS, Mutant

__all__ = [
    "MUTANTS",
    "Mutant",
    "decisions",
    "edges",
    "endpoints",
    "quotas",
    "scopes",
    "tellings",
    "verdicts",
]
