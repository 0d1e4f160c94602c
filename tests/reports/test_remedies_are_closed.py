"""Nobody is told to do what no test does: the list of remedies is closed, and each is followed to its end."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import botocore.session
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peerkeeper.planning.judged_plan import judged
from peerkeeper.planning.plan import plan
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.settings import Mode
from peerkeeper.values.findings import Code
from peerkeeper.values.scope import Function

from tests.builders import settings as settings_of
from tests.properties.worlds import snapshots
from tests.reports.advice import remedies_in, unlisted
from tests.reports.remedies import NOTHING_TO_DO, OPERATIONS, REMEDIES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LAYER = ROOT / "layers/peerkeeper/peerkeeper"
WHERE_ADVICE_IS_WRITTEN = (
    *(LAYER / room for room in ("planning", "reporting", "followups", "safety", "values")),
    LAYER / "settings/settings.py",
    LAYER / "spoke_roles.py",
    ROOT / "peerkeeper_cli/explain",
)


def texts(path: Path) -> Iterator[str]:
    """Each text in the code of a file, {} where a value goes; no docstring, and no part of a text."""
    tree = ast.parse(path.read_text())
    nodes = list(ast.walk(tree))
    skipped = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    skipped |= {
        id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                getattr(part, "value", "") if isinstance(part, ast.Constant) else "{}"
                for part in node.values
            )
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skipped
        ):
            yield node.value


SAID = [
    (path.relative_to(ROOT), text)
    for place in WHERE_ADVICE_IS_WRITTEN
    for path in sorted(place.rglob("*.py") if place.is_dir() else [place])
    for text in texts(path)
]
SENTENCES = [(path, text) for path, text in SAID if " " in text.strip()]


def test_the_code_gives_no_advice_that_is_not_in_the_list():
    left = [(str(path), advice) for path, text in SENTENCES if (advice := remedies_in(text)[1])]
    assert left == []


def test_every_remedy_of_the_list_is_said_by_the_code():
    said = {remedy for _, text in SENTENCES for remedy in remedies_in(text)[0]}
    assert {remedy.phrase for remedy in REMEDIES} - {remedy.phrase for remedy in said} == set()


def test_the_code_names_no_operation_of_the_aws_cli_that_is_not_in_the_list():
    model = botocore.session.Session().get_service_model("ec2")
    names = {re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in model.operation_names}
    assert {text for _, text in SAID if text in names} <= set(OPERATIONS)


@pytest.mark.parametrize(
    "advice",
    [
        "rtb-1 is full; replace it by a larger one",
        "raise the limit, or set MostRoutes=100",
        "to mend it: aws ec2 replace-network-acl-entry --region eu-west-1",
        "the owner should contact us",
        "our VPC is shut; list it in AllowedVpcs",
        "read docs/reference/tags.md",
    ],
)
def test_new_advice_is_noticed(advice):
    assert remedies_in(advice)[1]


def test_every_code_has_a_remedy_or_a_reason_for_none():
    with_one = {code for remedy in REMEDIES for code in remedy.codes}
    assert with_one | set(NOTHING_TO_DO) == set(Code)
    assert with_one & set(NOTHING_TO_DO) == set()


@pytest.mark.parametrize("end", sorted({remedy.end for remedy in REMEDIES}))
def test_each_remedy_has_a_test_that_is_there_or_a_reason_in_a_sentence(end):
    file, found, test = end.partition("::")
    if not found:
        assert end[0].isupper()
        assert end.endswith(".")
    else:
        assert f"def {test}(" in (HERE / file).read_text()


@settings(max_examples=300, deadline=None)
@given(snapshots(), st.sampled_from(Mode))
def test_what_small_worlds_are_told_is_in_the_list_under_its_code(seen, mode):
    set_ = settings_of(mode=mode)
    made, _ = judged(plan(seen, set_, RULES_OF[Function.SWEEP]), seen, set_)
    for finding in made.findings:
        assert unlisted(finding.code.value, finding.message) == ""
