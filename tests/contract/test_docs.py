"""What the docs say of codes, parameters, tags and commands is what the code has, both ways round."""

import re
from pathlib import Path

import pytest
from peerkeeper.values.findings import Code
from peerkeeper.values.tag_keys import KEYS, PEERS, STATUS

from peerkeeper_local.seeds.outset import ESTATE_LOOKS
from tests.contract.deploy.templates import HUB, ROOT

README = (ROOT / "README.md").read_text()
LOCAL = (ROOT / "docs/start/local-cloud.md").read_text()
TAGS = (ROOT / "docs/reference/tags.md").read_text()
OPERATE = ROOT / "docs/operate"
ALARMS = (OPERATE / "alarms.md").read_text()
LOG = (OPERATE / "log.md").read_text()


def rows(text, heading):
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|(.*)$", section, re.MULTILINE)


def test_every_finding_is_explained_and_no_other():
    page = (OPERATE / "findings.md").read_text()
    told = re.findall(r"^### (.+)\n\n[^#]+\n\n\*\*Do this:\*\* \w", page, re.MULTILINE)
    assert sorted(told) == sorted(code.value for code in Code)
    assert page.count("\n### ") == len(told)


def test_every_finding_is_used():
    source = "".join(
        path.read_text() for path in (ROOT / "layers/peerkeeper/peerkeeper").rglob("*.py")
    )
    assert [code.name for code in Code if f"Code.{code.name}" not in source] == []


def test_every_tag_is_on_the_page_and_no_other():
    listed = dict(rows(TAGS, "The keys"))
    assert set(listed) == {f"{PEERS}-<word>", STATUS, *KEYS}
    assert {tag for tag, _ in rows(README, "Agree by tag")} < set(listed)
    for tag, key in KEYS.items():
        said = listed[tag]
        assert all(f"`{value}`" in said or value in said for value in key.values)


def test_every_alarm_is_explained_and_no_other():
    alarms = {
        each["Properties"]["AlarmName"]
        for each in HUB["Resources"].values()
        if each["Type"] == "AWS::CloudWatch::Alarm"
    }
    assert {*re.findall(r"^## (peerkeeper-[\w-]+)$", ALARMS, re.MULTILINE)} == alarms


def test_every_metric_is_named_on_the_page_of_the_log():
    source = (ROOT / "layers/peerkeeper/peerkeeper/reporting/counts.py").read_text()
    metrics = set(re.findall(r'"([A-Z][a-z]\w+)"(?::|\] =)', source))
    assert {"ChangesApplied", "NewDrift", "DeletesWithheld", "MostRepeatedWrites"} <= metrics
    named = [name for name, _ in rows(LOG, "Metrics")]
    assert sorted(named) == sorted(metrics)


def test_the_first_commands_of_the_readme_are_the_two_that_ci_runs():
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert blocks[0].split("\n")[:-1] == ["make demo", "make test"]
    script = (ROOT / ".ci/run").read_text()
    (besides,) = re.findall(r"^besides=\((terraform .*)\)$", script, re.MULTILINE)
    assert '\nrun "$first" test\n' in script
    assert "demo" in besides.split()
    assert script.endswith('"${besides[@]}"\n')


@pytest.mark.parametrize("line", re.findall(r"^sam local invoke .*$", LOCAL, re.MULTILINE))
def test_each_sam_local_invoke_names_a_function_and_an_event(line):
    function, event = re.fullmatch(
        r"sam local invoke (\w+) --event (\S+) --env-vars env.json", line
    ).groups()
    assert HUB["Resources"][function]["Type"] == "AWS::Serverless::Function"
    assert (ROOT / event).is_file()


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("events/*.md")])
)
def test_no_link_between_pages_leads_nowhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]))
def test_a_row_of_a_table_is_read_without_the_row_above_it(page):
    """A reader looks for one row. "The same" would send the reader to another one."""
    assert (
        re.findall(r"^\|(?:.*\|)? the same(?: \||[:,;].*)$", page.read_text(), re.MULTILINE) == []
    )


FAQ = (ROOT / "docs/faq.md").read_text()


@pytest.mark.parametrize(
    "answer", re.findall(r"^### (.+?)(?=^#|\Z)", FAQ, re.MULTILINE | re.DOTALL)
)
def test_a_question_has_a_short_answer_and_one_link(answer):
    question, text = answer.split("\n", 1)
    assert question.endswith("?")
    assert text.count("](") == 1
    assert 1 <= len(re.findall(r"\.(?=\s|$)", text)) <= 4


ESTATE = r"(plan|peerings|map|adopt|explain)\b[^`\n]*(?:--endpoint|--role-name admin)[^`\n]*"


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]))
def test_there_is_one_recipe_for_the_made_up_estate(page):
    """`client` sets the address. `--role-name admin` reads the four accounts."""
    text = page.read_text()
    found = list(re.findall(rf"peerkeeper ({ESTATE})", text))
    assert {words for words, _ in found} <= set(ESTATE_LOOKS)
    assert not found or 'eval "$(./peerkeeper client)"' in text


def test_every_file_that_the_architecture_names_is_there():
    text = (ROOT / "docs/how/architecture.md").read_text()
    layer = ROOT / "layers/peerkeeper/peerkeeper"
    for name in re.findall(r"`([\w/.]+\.(?:py|yaml))`", text):
        assert (ROOT / name).exists() or (layer / name).exists(), name
    assert isinstance(layer, Path)


def test_the_policies_on_the_page_of_cloud_custodian_are_the_files_beside_it():
    page = (ROOT / "docs/beside/cloud-custodian.md").read_text()
    shown = re.findall(r"`docs/(\S+\.yml)`:\n\n```yaml\n(.*?)```", page, re.DOTALL)
    files = sorted((ROOT / "docs/examples").rglob("*.yml"))
    assert sorted(name for name, _ in shown) == [str(f.relative_to(ROOT / "docs")) for f in files]
    assert [text for name, text in shown if text != (ROOT / "docs" / name).read_text()] == []
