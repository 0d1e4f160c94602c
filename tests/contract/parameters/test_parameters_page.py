"""docs/reference/parameters.md is what the templates say: written anew it is the same."""

from tests.contract.deploy.templates import HUB
from tests.contract.parameters.page import PAGE, page


def test_the_page_is_written_from_the_templates():
    assert PAGE.read_text() == page(), "run `make parameters`"


def test_every_parameter_of_the_hub_is_in_one_group():
    groups = HUB["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    grouped = [name for group in groups for name in group["Parameters"]]
    assert sorted(grouped) == sorted(HUB["Parameters"])
