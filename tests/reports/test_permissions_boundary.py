"""An organization may let nobody make a role without a permissions boundary."""

import pytest

from tests.contract.deploy.templates import HUB, SPOKE, of_type


@pytest.mark.parametrize("template", [HUB, SPOKE], ids=["hub", "spoke"])
def test_every_role_of_a_template_can_have_a_permissions_boundary(template):
    roles = of_type(template, "AWS::IAM::Role")
    assert [name for name, role in roles.items() if "PermissionsBoundary" not in role] == []
