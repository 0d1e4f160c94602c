"""What a describe answers: the documents of the ids sent, filtered, one page of them.

In: documents and the call's parameters. Out: the reply. Never makes a document.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peerkeeper_local.semantics.filters import Document, Paths, matching
from peerkeeper_local.semantics.paging import SMALLEST, page_of
from peerkeeper_local.semantics.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Listing:
    """How one describe names things, by the EC2 API.

    - `key`: the list in the reply
    - `id_key`: the id in a document
    - `ids` and `filters`: parameters
    - `unknown(id)`: the Refusal for an id that is not there
    - `least` and `most`: MaxResults
    - `capped`: more than `most` is not refused, but gives `most`
    """

    key: str
    id_key: str
    ids: str
    paths: Paths
    unknown: Callable[[str], Refusal]
    filters: str = "Filters"
    least: int = SMALLEST
    most: int = 1000
    capped: bool = False


def listed(documents: Sequence[Document], listing: Listing, sent: Mapping[str, Any]) -> Document:
    """Return one page of the documents that the call asks for.

    Raises Refusal: `unknown` of the first id that is not there, and the Refusals of filters and pages.
    Source: EC2 API (ids, Filters and MaxResults of each Describe operation).
    """
    by_id = {document[listing.id_key]: document for document in documents}
    wanted = dict.fromkeys(sent.get(listing.ids) or ())
    for each in wanted:
        if each not in by_id:
            raise listing.unknown(each)
    chosen = [document for key, document in by_id.items() if not wanted or key in wanted]
    found = matching(chosen, sent.get(listing.filters) or [], listing.paths)
    return page_of(found, listing.key, _paging(listing, sent), listing.most, listing.least)


def _paging(listing: Listing, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    asked = sent.get("MaxResults")
    if asked is None or not listing.capped:
        return sent
    return {**sent, "MaxResults": min(int(asked), listing.most)}
