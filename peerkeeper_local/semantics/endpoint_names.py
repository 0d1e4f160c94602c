"""The DNS names of an interface endpoint. In: its id, its service and zones. Out: names.

Never asks whether private DNS may be on: `endpoints` does.
"""

from collections.abc import Sequence
from hashlib import sha256

from peerkeeper_local.semantics.endpoint_services import Service
from peerkeeper_local.semantics.filters import Document


def dns_entries(
    endpoint_id: str, service: Service, region: str, zones: Sequence[str], private: bool
) -> list[Document]:
    """Return the endpoint's DNS entries: the Region's, one for each zone, then the private ones.

    vpce-<id>-<8 characters>[-<zone>].<host>.<region>.vpce.amazonaws.com; S3's are wildcards.
    Sources: PrivateLink guide, endpoint DNS names; observed (the form, the order). The zone's id
    and the eight characters are made up from the names, and do not change.
    """
    unique = f"{endpoint_id}-{_text(endpoint_id)[:8].lower()}"
    if service.name == "s3":
        unique = f"*.{unique}"
    end = f"{service.host}.{region}.vpce.amazonaws.com"
    names = [f"{unique}.{end}", *(f"{unique}-{zone}.{end}" for zone in zones)]
    public = [{"DnsName": name, "HostedZoneId": f"Z{_text(region)}"} for name in names]
    hidden = [
        {"DnsName": name, "HostedZoneId": f"Z{_text(endpoint_id + name)}"}
        for name in (service.private_names(region) if private else ())
    ]
    return public + hidden


def _text(seed: str) -> str:
    """Return 13 capitals and digits that follow from `seed`."""
    return sha256(seed.encode()).hexdigest()[:13].upper()
