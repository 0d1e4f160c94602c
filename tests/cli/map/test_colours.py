"""Both themes keep the contrast of WCAG 2.2 AA: 4.5 for text, 3 for lines and marks."""

import re
from importlib.resources import files

import pytest

TEXT = (files("peerkeeper_cli.map") / "assets" / "colours.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w{6});", block))
    for block in re.findall(r":root[^{]*\{(.*?)\}", TEXT, re.DOTALL)
)
VERDICTS = ("carries", "partly", "nothing", "waits", "unknown", "ended")
TRAFFIC = ("blocked", "shut", "reaches")


def luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(theme):
    for text in ("text", "soft", "accent", *VERDICTS, *TRAFFIC):
        for ground in (
            ("ground",) if text in (*VERDICTS, *TRAFFIC) else ("ground", "region", "account")
        ):
            assert contrast(theme[text], theme[ground]) >= 4.5, (text, ground)
    assert contrast(theme["text"], theme["card"]) >= 4.5
    assert contrast(theme["soft"], theme["stage"]) >= 4.5
    assert contrast(theme["accent"], theme["accent-ground"]) >= 4.5
    assert contrast(theme["warn"], theme["warn-ground"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_can_be_seen_on_every_ground(theme):
    for line in VERDICTS:
        for ground in ("stage", "account", "region"):
            assert contrast(theme[line], theme[ground]) >= 3, (line, ground)
