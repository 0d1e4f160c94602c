"""The tags as Terraform. In: tags. Out: HCL, a resource a tag.

`aws_ec2_tag` sets one tag of a resource that another configuration owns. That configuration must not delete
it. So it needs `ignore_tags` in its provider, or the tag in its own `tags`. Source: Terraform AWS provider,
aws_ec2_tag.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from peerkeeper_cli.adopt.tag_to_set import TagToSet

HEAD = """\
# Tags that adopt peerings which exist. If Terraform owns a resource below with `tags` of its own, write the
# tag there instead, or first leave these tags alone in its provider. Else each of the two takes away what the
# other sets:
#
#   provider "aws" {
#     ignore_tags {
#       key_prefixes = ["peerkeeper:"]
#     }
#   }
#
# Each account has a provider of its own, aws.a<account id>. A peering has one id in both accounts, and tags
# in each: with the wrong provider the other side would agree. allowed_account_ids keeps that from happening:
#
#   provider "aws" {
#     alias               = "a111122223333"
#     allowed_account_ids = ["111122223333"]
#   }
"""


def terraform(tags: Iterable[TagToSet], unread: Iterable[str] = ()) -> str:
    """Return the file. `unread`: comments that say what was not read; they come first."""
    said = [*unread]
    head = [*said, "#"] if said else said
    return "\n".join([*head, HEAD, *(line for tag in sorted(tags) for line in _block(tag))])


def _block(tag: TagToSet) -> Iterator[str]:
    account = tag.location.account_id
    where = f"{account}_{tag.location.region}"
    label = re.sub(r"[^0-9A-Za-z_]", "_", f"{tag.resource}_{where}_{tag.key}")
    yield f"# {tag.location}: {tag.why}"
    yield f'resource "aws_ec2_tag" "{label}" {{'
    yield f"  provider    = aws.a{account}"
    yield f'  region      = "{tag.location.region}" # of provider 6; before, use an alias'
    yield f'  resource_id = "{tag.resource}"'
    yield f"  key         = {json.dumps(tag.key)}"
    yield f"  value       = {json.dumps(tag.value)}"
    yield "}"
    yield ""
