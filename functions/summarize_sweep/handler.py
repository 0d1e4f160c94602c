"""The last step of the fleet sweep: one summary, in the log, in the bucket, and as the detail of an event."""

from __future__ import annotations

from typing import Any

from peerkeeper.aws.edge import Context
from peerkeeper.aws.fleet_clients import fleet_client
from peerkeeper.aws.sweep_documents import LATEST, SweepDocuments
from peerkeeper.fleet_sweep.summary import summary_of
from peerkeeper.telemetry import logger

S3 = fleet_client("s3")


def lambda_handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Write the summary of this run; return the detail of FleetSweepFinished."""
    documents = SweepDocuments(S3, event["bucket"], event["run"])
    error = event.get("error", {})
    words = f"{error.get('Error', '')} {error.get('Cause', '')}".strip()
    skipped = documents.get(event["skipped"])
    listed = [f"{at['account']}/{at['region']}" for at in documents.get(event["locations"])]
    summary = summary_of(documents.run, documents.children(), skipped, words, listed=listed)
    whole = summary.to_dict()
    key = documents.put(documents.key("summary.json"), whole)
    documents.put(LATEST, whole)
    detail = summary.detail(f"s3://{documents.bucket}/{key}")
    logger.info("fleet swept", summary=detail)
    return detail
