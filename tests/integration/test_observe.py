"""Mode observe: everything is seen and said, nothing is written."""

from peerkeeper_local.story import OBSERVED, Stage, prepare
from peerkeeper_local.story.stage import PLAYED, TOKYO


def test_the_story_in_mode_observe_shows_what_it_would_do_and_writes_nothing():
    with Stage("observe", **PLAYED) as watched:
        prepare(watched)
        OBSERVED.play(watched)
        would = {change["change"] for report in watched.reports for change in report["would"]}
        assert would == {
            "AcceptPeering",
            "CreateRoute",  # these two follow from the acceptance
            "AllowRemoteDnsResolution",
            "EnableDnsHostnames",
            "SetMapPublicIpOnLaunch",
        }
        assert list(watched.writes()) == []
        assert not any(report["outcomes"] for report in watched.reports)
        delays = [one["delay"] for report in watched.reports for one in report["hand_offs"]]
        assert delays == [30, 30], "re-looks run; nothing is handed to a function for its rights"
        assert watched.peering(TOKYO)["Status"]["Code"] == "active"
        assert not any(target.startswith("pcx-") for _, _, target in watched.routes())
