"""docs/examples/terraform-deploy against the local cloud: planned whole, and refused in words.

The local cloud has no CloudFormation. `make deployed` applies the same example on an engine that has it.
"""

import os
import re
import shutil

import pytest

from tests.served import ROOT, serving
from tests.terraform.client import Terraform, missing

EXAMPLE = ROOT / "docs/examples/terraform-deploy"
WHY_NOT = missing() if os.environ.get("TERRAFORM") else "needs Terraform: `make terraform`"
ADDRESS = "https://my-bucket.s3.ap-northeast-2.amazonaws.com/peerkeeper"


@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
@pytest.mark.enable_socket
def test_the_example_is_planned_and_the_local_cloud_says_why_it_makes_no_stack(tmp_path):
    shutil.copy(EXAMPLE / "main.tf", tmp_path)
    with serving() as served:
        terraform = Terraform(tmp_path, served.said | {"TF_VAR_release": ADDRESS})
        made = terraform("init", "-input=false", "-no-color")
        assert made.returncode == 0, made.stdout + made.stderr
        applied = terraform("apply", "-auto-approve", "-input=false", "-no-color")
    assert "Plan: 2 to add, 0 to change, 0 to destroy." in applied.stdout
    for name in ("template.yaml", "spoke.yaml"):
        assert f'"{ADDRESS}/{name}"' in applied.stdout
    said = " ".join(re.sub(r"[│╷╵]", " ", applied.stderr).split())
    assert applied.returncode == 1
    assert "The local cloud does not do CreateStack of cloudformation" in said
    assert "What the templates make is there from the start" in said
