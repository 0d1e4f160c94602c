"""Terraform in one folder: every case is a module of one configuration, so one run serves them all."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.served import HANGS, environment

PROVIDER = "registry.terraform.io/hashicorp/aws"
SOURCE = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws"%s }
  }
}
"""
ALIASES = ", configuration_aliases = [aws, aws.tokyo, aws.other]"
MODULE = """
module "%s" {
  source    = "./%s"
  providers = { aws = aws, aws.tokyo = aws.tokyo, aws.other = aws.other }
}
"""
ROOT_CASE = "root"
"""Whose resources lie in no module: an `import` block may not lie in one."""


def mirrors() -> list[Path]:
    """Return the folders with the AWS provider: TERRAFORM_MIRROR, Terraform's own places, /opt."""
    named = [Path(os.environ["TERRAFORM_MIRROR"])] if os.environ.get("TERRAFORM_MIRROR") else []
    home = Path.home()
    usual = [
        home / ".terraform.d/plugins",
        home / ".local/share/terraform/plugins",
        Path("/usr/local/share/terraform/plugins"),
        Path("/usr/share/terraform/plugins"),
        *sorted(Path("/opt").glob("*")),
    ]
    return [place for place in (*named, *usual) if (place / PROVIDER).is_dir()]


def missing() -> str:
    """Return why this tier cannot run here, or nothing."""
    if not shutil.which("terraform"):
        return "there is no terraform on this machine"
    if not mirrors():
        return f"no folder holds {PROVIDER}: `terraform providers mirror`, then TERRAFORM_MIRROR"
    return ""


class Terraform:
    """Terraform with `said` for its AWS, and nothing of this user's own settings."""

    def __init__(self, folder: Path, said: Mapping[str, str]) -> None:
        self.folder = folder
        settings = folder / "settings.tfrc"
        settings.write_text(
            "disable_checkpoint = true\nprovider_installation {\n"
            f'  filesystem_mirror {{ path = "{mirrors()[0]}" }}\n}}\n'
        )
        kept = {name: value for name, value in environment().items() if not name.startswith("TF_")}
        alone = {
            "HOME": str(folder),
            "TF_CLI_CONFIG_FILE": str(settings),
            "TF_IN_AUTOMATION": "1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "127.0.0.1",
        }
        self.environment = {**kept, **said, **alone}

    def write(self, providers: str, cases: Mapping[str, str], root: str) -> None:
        """Lay out the configuration: `cases` by name, each a module; `root` in none."""
        modules = "".join(MODULE % (name, name) for name in cases)
        (self.folder / "main.tf").write_text(SOURCE % "" + providers + modules)
        (self.folder / f"{ROOT_CASE}.tf").write_text(root)
        for name, text in cases.items():
            (self.folder / name).mkdir()
            (self.folder / name / "main.tf").write_text(SOURCE % ALIASES + text)

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["terraform", *words],
            cwd=self.folder,
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=HANGS,
            check=False,
        )

    def resources(self) -> dict[str, dict[str, Any]]:
        """Return the managed resources' attributes, by `case.type.name`, as the state holds them."""
        state = self.folder / "terraform.tfstate"
        held = json.loads(state.read_text())["resources"] if state.exists() else []
        return {
            f"{case_of(each)}.{each['type']}.{each['name']}": each["instances"][0]["attributes"]
            for each in held
            if each["mode"] == "managed" and each["instances"]
        }

    def plan(self) -> dict[str, list[str]]:
        """Plan into the file `plan`; return by case what it would do, drift that it forgives left out."""
        planned = self("plan", "-input=false", "-out=plan")
        assert planned.returncode == 0, planned.stdout + planned.stderr
        shown = json.loads(self("show", "-json", "plan").stdout)
        wanted: dict[str, list[str]] = {}
        for change in shown.get("resource_changes", []):
            actions = ["import"] if "importing" in change["change"] else []
            actions += [
                each for each in change["change"]["actions"] if each not in ("no-op", "read")
            ]
            case = re.match(r"module\.([\w-]+)\.", change["address"])
            for action in actions:
                name = f"{action} {change['type']}.{change['name']}"
                wanted.setdefault(case[1] if case else ROOT_CASE, []).append(name)
        return wanted


def case_of(resource: Mapping[str, Any]) -> str:
    return resource.get("module", f"module.{ROOT_CASE}").removeprefix("module.")
