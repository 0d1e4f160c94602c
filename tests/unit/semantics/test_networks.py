import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkeeper_local.semantics.networks import any_overlap, canonical, inside, overlap
from peerkeeper_local.semantics.refusal import Refusal

CIDRS = st.builds(
    lambda address, prefix: f"{address}/{prefix}", st.ip_addresses(v=4).map(str), st.integers(0, 32)
)


@given(CIDRS)
def test_canonical_form_is_stable_and_overlaps_what_it_came_from(cidr: str) -> None:
    assert canonical(canonical(cidr)) == canonical(cidr)
    assert overlap(cidr, canonical(cidr))


@given(CIDRS, CIDRS)
def test_networks_overlap_exactly_when_one_is_inside_the_other(one: str, other: str) -> None:
    assert overlap(one, other) == (inside(one, other) or inside(other, one))


def test_networks_of_two_families_have_nothing_in_common() -> None:
    assert not overlap("0.0.0.0/0", "::/0")
    assert not inside("10.0.0.0/8", "::/0")
    assert inside("2001:db8::/64", "2001:db8::/56")


def test_any_pair_is_enough() -> None:
    assert any_overlap(["10.0.0.0/16", "10.2.0.0/16"], ["10.1.0.0/16", "10.2.3.0/24"])
    assert not any_overlap(["10.0.0.0/16"], ["10.1.0.0/16"])
    assert not any_overlap([], ["10.1.0.0/16"])


def test_text_that_is_no_network_is_refused_with_the_parameters_name() -> None:
    with pytest.raises(Refusal, match=r"Value \(10\.0\.0\.0/40\) for parameter cidrBlock"):
        canonical("10.0.0.0/40", "cidrBlock")
