from typing import Any

import pytest

from peerkeeper_local.semantics.listings import Listing, listed
from peerkeeper_local.semantics.nat_gateways import no_such_nat_gateway
from peerkeeper_local.semantics.refusal import Refusal

DOCUMENTS = [{"Id": f"nat-{n}", "State": "odd" if n % 2 else "even"} for n in range(7)]
LISTING = Listing("Things", "Id", "Ids", {"state": ("State",)}, no_such_nat_gateway, "Filter", 2, 4)


def ids(reply: dict[str, Any]) -> list[str]:
    return [each["Id"] for each in reply["Things"]]


def test_ids_filters_and_pages_all_count() -> None:
    wanted = {"Ids": ["nat-1", "nat-2", "nat-3"], "Filter": [{"Name": "state", "Values": ["odd"]}]}
    assert ids(listed(DOCUMENTS, LISTING, wanted)) == ["nat-1", "nat-3"]
    first = listed(DOCUMENTS, LISTING, {})
    assert ids(first) == ["nat-0", "nat-1", "nat-2", "nat-3"]
    rest = listed(DOCUMENTS, LISTING, {"NextToken": first["NextToken"]})
    assert ids(rest) == ["nat-4", "nat-5", "nat-6"]
    assert "NextToken" not in rest


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"Ids": ["nat-9"]}, "NatGatewayNotFound"),
        ({"Filter": [{"Name": "colour", "Values": ["blue"]}]}, "InvalidParameterValue"),
        ({"MaxResults": 1}, "InvalidParameterValue"),
        ({"MaxResults": 5}, "InvalidParameterValue"),
    ],
)
def test_what_is_refused(sent: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        listed(DOCUMENTS, LISTING, sent)
    assert caught.value.code == code


def test_a_capped_listing_gives_the_most_it_can() -> None:
    capped = Listing("Things", "Id", "Ids", {}, no_such_nat_gateway, most=4, capped=True)
    assert len(ids(listed(DOCUMENTS, capped, {"MaxResults": 9000}))) == 4
