"""Each rule stands in a row of the one table, and each handler runs what its row says."""

import importlib
import importlib.util
import inspect
import pkgutil
from unittest.mock import patch

import pytest
from peerkeeper.planning import rules
from peerkeeper.planning.rule_table import RULES_OF, TABLE
from peerkeeper.values.scope import Function

from tests.builders import US, settings, snapshot
from tests.contract.deploy.templates import ROOT

ROWS = {rule.__name__: rule for rule, _ in TABLE}
LOADED_WHEN_RUN = (
    *("stale_group_rule", "quota_near", "private_zones"),
    *("endpoint_tables", "endpoint_private_dns", "endpoint_ways_in"),
)
"""Rules of the sweep's further looks: no other function loads their files."""
FILES = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))


def generators(name):
    """The rules of one file: its own public generators over a snapshot and settings."""
    module = importlib.import_module(f"peerkeeper.planning.rules.{name}")
    return {
        found
        for found in vars(module).values()
        if inspect.isgeneratorfunction(found)
        and found.__module__ == module.__name__
        and not found.__name__.startswith("_")
        and [*inspect.signature(found).parameters] == ["seen", "settings"]
    }


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_rules_holds_the_rule_of_its_name_and_it_stands_in_a_row(name):
    assert {rule.__name__ for rule in generators(name)} == {name}
    assert name in ROWS, f"in no row of planning/rule_table.py: {name}"
    assert ROWS[name] in generators(name) or name in LOADED_WHEN_RUN


@pytest.mark.parametrize("name", LOADED_WHEN_RUN)
def test_a_rule_that_is_loaded_when_it_runs_is_the_one_of_its_file(name):
    (own,) = generators(name)
    made = ROWS[name](snapshot(), settings())
    assert made.gi_code is own.__code__
    runs = {function for function, run in RULES_OF.items() if ROWS[name] in run}
    assert Function.SWEEP in runs <= {Function.SWEEP, Function.KEEP}


def test_a_rule_has_one_row_and_somebody_runs_it():
    named = [rule.__name__ for rule, _ in TABLE]
    assert len(named) == len(set(named)), "a rule in two rows"
    assert not set(named) - set(FILES)
    assert all(functions for _, functions in TABLE)


@pytest.mark.parametrize("function", Function)
def test_a_handler_runs_the_rules_of_its_row(function):
    path = ROOT / "functions" / function.value / "handler.py"
    spec = importlib.util.spec_from_file_location(f"handler_of_{function.value}", path)
    handler = importlib.util.module_from_spec(spec)
    environment = {"PEERKEEPER_ACCOUNT": US, "AWS_REGION": "ap-northeast-2"}
    with patch.dict("os.environ", environment), patch("peerkeeper.runner.Clients"):
        spec.loader.exec_module(handler)
    assert handler.RUN.job.function is function
    assert handler.RUN.job.rules == RULES_OF[function]
