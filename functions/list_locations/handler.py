"""The first step of the fleet sweep: which locations there are. Reads accounts and regions, no VPC."""

from __future__ import annotations

import os
from typing import Any

from peerkeeper.aws.edge import Context, ContextClock
from peerkeeper.aws.fleet_clients import fleet_client
from peerkeeper.aws.organization import accounts_of, region_statuses
from peerkeeper.aws.sweep_documents import SweepDocuments
from peerkeeper.fleet_sweep.fleet import fleet_from
from peerkeeper.fleet_sweep.listing import listing
from peerkeeper.telemetry import logger

FLEET = fleet_from(os.environ)
ORGANIZATIONS = fleet_client("organizations")
ACCOUNTS = fleet_client("account")
S3 = fleet_client("s3")


def lambda_handler(event: dict[str, str], context: Context) -> dict[str, Any]:
    """Write the locations of this run; return where they are."""
    known = region_statuses(ACCOUNTS, FLEET.own_account, ContextClock(context).remaining)
    accounts = accounts_of(ORGANIZATIONS, FLEET.units) if FLEET.organization else ()
    found = listing(FLEET, accounts, known)
    documents = SweepDocuments(S3, event["bucket"], event["run"])
    skipped = [each.to_dict() for each in found.skipped]
    logger.info("fleet listed", locations=len(found.locations), skipped=len(skipped))
    return {
        **event,
        "locations": documents.put(documents.key("locations.json"), found.items()),
        "skipped": documents.put(documents.key("skipped.json"), skipped),
    }
