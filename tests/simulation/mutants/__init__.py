"""Seeded bugs, by name."""

from tests.simulation.mutants import decisions, edges
from tests.simulation.mutants.registry import MUTANTS, Mutant

__all__ = ["MUTANTS", "Mutant", "decisions", "edges"]
