"""The page's way to see that events come, walked with its own commands: it tells a region that is silent."""

import re
import shlex

import pytest

from peerkeeper_local.pump import FunctionReturned, Logs
from peerkeeper_local.story.stage import ROOT, SEOUL, TOKYO, Stage

PAGE = (ROOT / "docs/operate/alive.md").read_text()
SECTION = PAGE.split("\n## See that events come\n", 1)[1].split("\n## ", 1)[0]
LINES = SECTION.replace("\\\n", " ").splitlines()
ONE = r'\(\$\.heard\[(\d)\] = "([^"]+)"\)'


def words(command):
    """The page's one command that begins so."""
    (line,) = (line for line in LINES if line.startswith(f"aws {command} "))
    return shlex.split(line)


def option(said, name):
    return said[said.index(name) + 1]


class Observed(Stage):
    """A VPC in each region, and what connect_peerings logged."""

    def set_up(self):
        super().set_up()
        self.lines = []
        for region in self.regions:
            vpc = self.ec2(region).create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
            self.names[region] = vpc
        self.pump.advance(60)
        self.pump.on_step(self.listen)

    def listen(self, step):
        if isinstance(step, FunctionReturned) and step.function == "ConnectPeerings":
            self.lines += step.logs

    def tag(self, command):
        """Do what the page's command does, to our own VPC of that region."""
        said = words(f"ec2 {command}")
        region = option(said, "--region")
        tag = dict(part.split("=") for part in option(said, "--tags").split(","))
        call = getattr(self.ec2(region), command.replace("-", "_"))
        call(Resources=[self.id(region)], Tags=[tag])

    def found(self):
        """The lines that the page's filter pattern takes. Source of it: CloudWatch Logs User Guide."""
        said = words("logs filter-log-events")
        assert option(said, "--log-group-name") == "/aws/lambda/peerkeeper-connect-peerings"
        assert option(said, "--region") == SEOUL
        pattern = option(said, "--filter-pattern")
        assert re.fullmatch(rf"{{ {ONE}(?: \|\| {ONE})* }}", pattern)
        asked = [(int(index), value) for index, value in re.findall(ONE, pattern)]
        return [
            line
            for line in self.lines
            if any([*line.get("heard", ())][index : index + 1] == [value] for index, value in asked)
        ]


@pytest.mark.parametrize("mode", ["observe", "full"])
@pytest.mark.parametrize("logs", [Logs.ALL, Logs.READS, Logs.NOTHING])
def test_a_line_names_the_region_if_its_writes_are_logged_and_only_then(mode, logs):
    with Observed(mode) as observed:
        observed.pump.log(logs, TOKYO)
        before = len(list(observed.writes()))
        observed.tag("create-tags")
        observed.pump.advance(300)
        observed.tag("delete-tags")
        observed.pump.advance(300)
        observed.pump.sweep()
        observed.pump.advance(60)
        assert bool(observed.found()) is (logs is Logs.ALL)
        assert len(list(observed.writes())) == before, "the key changes nothing"


def test_calls_of_another_region_do_not_look_like_those_of_this_one():
    with Observed("observe") as observed:
        observed.pump.log(Logs.NOTHING, TOKYO)
        tag = {"Key": "peerkeeper:probe", "Value": "1"}
        observed.ec2(SEOUL).create_tags(Resources=[observed.id(SEOUL)], Tags=[tag])
        observed.tag("create-tags")
        observed.pump.advance(300)
        assert any(line.get("heard") for line in observed.lines)
        assert observed.found() == []


def test_while_the_tag_stands_it_is_a_finding_and_nothing_more():
    with Observed("full") as observed:
        observed.reports.clear()
        observed.tag("create-tags")
        observed.pump.advance(300)
        assert {found["code"] for found in observed.findings()} == {"tag-fault"}
