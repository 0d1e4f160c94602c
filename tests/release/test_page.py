"""docs/operate/deploy-a-release.md shows the example and the commands that the tests run."""

import json
import re

from tests.contract.deploy.templates import ROOT

PAGE = (ROOT / "docs/operate/deploy-a-release.md").read_text()
EXAMPLE = ROOT / "docs/examples/terraform-deploy/main.tf"


def test_the_terraform_block_is_the_file_that_the_tests_apply():
    assert re.findall(r"```hcl\n(.*?)```", PAGE, re.DOTALL) == [EXAMPLE.read_text()]


def test_bucket_and_folder_are_those_of_the_deployed_release():
    said = (ROOT / "tests/deployed/released.py").read_text()
    bucket, prefix = re.search(r'^BUCKET, PREFIX = "(.*)", "(.*)"$', said, re.MULTILINE).groups()
    assert f"make package BUCKET={bucket} PREFIX={prefix}\n" in PAGE
    assert f"aws s3 sync build/package s3://{bucket}/{prefix}/\n" in PAGE
    address = f"https://{bucket}.s3.ap-northeast-2.amazonaws.com/{prefix}"
    assert f"--template-url {address}/template.yaml" in PAGE
    assert f"-var release={address}\n" in PAGE


def test_every_knob_of_the_page_is_one_of_the_makefile():
    rule = (ROOT / "Makefile").read_text().split("\npackage: ")[1].split("\n\n")[0]
    knobs = {
        knob
        for line in re.findall(r"^make package (.*)$", PAGE, re.MULTILINE)
        for knob in re.findall(r"(\w+)=", line)
    }
    assert {"BUCKET", "PREFIX", "AUTHOR", "SOURCE_URL"} == knobs
    assert knobs <= set(re.findall(r"\$\((\w+)\)", rule))


def test_the_policy_of_the_bucket_lets_an_organization_read_and_no_more():
    (policy,) = map(json.loads, re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))
    (statement,) = policy["Statement"]
    assert statement["Action"] == "s3:GetObject"
    assert statement["Condition"] == {"StringEquals": {"aws:PrincipalOrgID": "o-abcdefghij"}}
