"""What lasts is told once, whatever keeps the memory of it from being written."""

from tests.reports.estate import with_a_topic

FULL = [{"Key": f"k{number}", "Value": "v"} for number in range(50)]


@with_a_topic
def test_a_held_request_without_room_for_one_more_tag_is_mailed_no_more_than_once(estate):
    estate.ask(estate.vpc("10.1.0.0/16"), estate.vpc("10.2.0.0/16"), tags=FULL)
    for _ in range(4):
        estate.pump.advance(900)
        estate.pump.sweep()
    estate.pump.advance(30)
    assert len(estate.mails) <= 1
    assert [one for one in estate.findings() if one["code"] == "cannot-remember"]
