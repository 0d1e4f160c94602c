from peerkeeper_local.semantics.dhcp import shown_options


def test_a_vpc_shows_its_own_options_or_none_or_the_regions():
    assert shown_options("dopt-2", False, "dopt-1") == "dopt-2"
    assert shown_options(None, True, "dopt-1") == "default"
    assert shown_options(None, False, "dopt-1") == "dopt-1"
