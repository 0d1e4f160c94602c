"""Terraform accepts a request and routes both sides: one `apply` of seven resources.

In: a folder, what leads to the cloud, a request. Out: the words to run. Its provider comes from a folder of
this machine, as in tests/terraform.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from benchmarks.request_world import SEOUL, TOKYO, Request, Side
from tests.terraform.client import Terraform

PROVIDERS = f"""
terraform {{
  required_providers {{
    aws = {{ source = "hashicorp/aws" }}
  }}
}}
provider "aws" {{
  region                  = "{SEOUL}"
  skip_metadata_api_check = true
}}
provider "aws" {{
  alias                   = "tokyo"
  region                  = "{TOKYO}"
  skip_metadata_api_check = true
}}
"""
ACCEPTER = """
resource "aws_vpc_peering_connection_accepter" "it" {
  provider                  = aws.tokyo
  vpc_peering_connection_id = "%s"
  auto_accept               = true
}
"""
ROUTES = """
resource "aws_route" "%s" {
  provider                  = %s
  for_each                  = toset(%s)
  route_table_id            = each.key
  destination_cidr_block    = "%s"
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.it.id
}
"""

APPLY = ("terraform", "apply", "-auto-approve", "-input=false", "-no-color", "-parallelism=20")


def prepared(folder: Path, said: Mapping[str, str]) -> dict[str, str]:
    """Install the provider into the folder; return the environment to run in. Raises RuntimeError."""
    terraform = Terraform(folder, said)
    (folder / "main.tf").write_text(PROVIDERS)
    done = terraform("init", "-input=false", "-no-color")
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return dict(terraform.environment)


def configured(folder: Path, request: Request) -> None:
    """Write the request's configuration, and forget the state of the one before."""
    blocks = [
        PROVIDERS,
        ACCEPTER % request.pcx,
        _routes("requester", "aws", request.requester, request.accepter.cidr),
        _routes("accepter", "aws.tokyo", request.accepter, request.requester.cidr),
    ]
    (folder / "main.tf").write_text("".join(blocks))
    for name in ("terraform.tfstate", "terraform.tfstate.backup"):
        (folder / name).unlink(missing_ok=True)


def _routes(name: str, provider: str, side: Side, cidr: str) -> str:
    tables = "[" + ", ".join(f'"{table}"' for table in side.tables) + "]"
    return ROUTES % (name, provider, tables, cidr)


def version() -> str:
    """Return its name and version."""
    done = subprocess.run(
        ["terraform", "version"],  # noqa: S607 - the one on PATH
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[0].replace(" v", " ")
