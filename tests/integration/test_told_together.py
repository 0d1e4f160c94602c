"""Many notices at once, and consent that goes: what people get, once, on the local cloud."""

from tests.reports.estate import Estate

MANY = 14


def told(estate):
    """What was put on the hub bus since it was last forgotten, as (kind, detail)."""
    return [(event["detail-type"], event["detail"]) for event in estate.events]


def kinds(estate):
    return {kind for kind, _ in told(estate)}


def test_requests_that_no_event_told_of_are_told_by_one_digest_and_never_again():
    with Estate() as estate:
        hub = estate.vpc("10.0.0.0/16")
        others = [estate.vpc(f"10.{n}.0.0/16") for n in range(1, MANY + 1)]
        estate.pump.advance(60)
        estate.pump.cut()
        asked = {estate.ask(each, hub) for each in others}
        estate.pump.run()
        estate.pump.join()
        estate.pump.sweep()
        estate.pump.advance(120)
        (digest,) = [detail for kind, detail in told(estate) if kind == "NoticeDigest"]
        assert {one["peering"] for one in digest["peerings"]} == asked
        assert digest["kinds"] == {"PeeringHeld": MANY}
        assert "PeeringHeld" not in kinds(estate)
        shown = estate.owner.describe_vpc_peering_connections()["VpcPeeringConnections"]
        assert {tag["Value"] for one in shown for tag in one["Tags"]} == {"held"}
        estate.events.clear()
        estate.pump.sweep()
        estate.pump.advance(300)
        assert {"NoticeDigest", "PeeringHeld"} & kinds(estate) == set()


def test_a_peering_is_told_to_carry_by_the_run_that_made_it_so_with_the_consent_behind_it():
    with Estate() as estate:
        one, other = estate.agreed("10.1.0.0/16", "10.2.0.0/16")
        estate.pump.advance(60)
        pcx = estate.ask(one, other)
        estate.pump.advance(120)
        by_kind = dict(told(estate))
        assert by_kind["PeeringCarries"]["peering"] == pcx
        given = {"resource": other, "key": "peerkeeper:peers", "word": "self", "breadth": "self"}
        assert by_kind["PeeringAccepted"]["consent"] == given
        assert given in by_kind["RoutesChanged"]["consents"]
        estate.events.clear()
        estate.pump.sweep()
        estate.pump.advance(300)
        assert "PeeringCarries" not in kinds(estate)


def test_whoever_takes_the_consent_of_a_routed_peering_is_named_once():
    with Estate() as estate:
        one, other = estate.agreed("10.1.0.0/16", "10.2.0.0/16")
        pcx = estate.ask(one, other)
        estate.pump.advance(120)
        estate.events.clear()
        estate.owner.delete_tags(Resources=[one], Tags=[{"Key": "peerkeeper:peers"}])
        estate.pump.advance(120)
        (gone,) = [detail for kind, detail in told(estate) if kind == "ConsentWithdrawn"]
        assert gone["resource"] == one
        assert pcx in gone["message"]
        assert "arn:aws:" in gone["message"]
        estate.events.clear()
        for _ in range(3):
            estate.pump.sweep()
            estate.pump.advance(900)
        assert "ConsentWithdrawn" not in kinds(estate)
