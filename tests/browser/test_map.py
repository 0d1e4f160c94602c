"""What a person does with the map: look, search, click, filter, turn dark, print; with keys alone too."""

import re

import pytest

from tests.browser.opened import CY
from tests.cli.map.estate import estate

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
FIRST = "document.activeElement"


def worst():
    """The first peering of the table: what does not carry comes first, then by id."""
    return min(row.id for row in estate().rows if row.verdict == "nothing")


def test_it_opens_with_its_numbers_and_says_what_was_not_read(opened):
    page = opened("usual").page
    assert page.locator("#facts").inner_text().startswith("60 VPCs in 5 accounts and 3 Regions")
    assert "Not all was read: of 13 locations 1 denied" in (page.locator("#coverage").inner_text())
    page.locator("#coverage summary").click()
    assert (
        "999900001111/ap-northeast-1 denied: no credentials"
        in page.locator("#coverage").inner_text()
    )


def test_every_peering_is_drawn_alone_or_in_a_broad_line(opened):
    one = opened("usual")
    alone, broad = (
        one.drawn("edge.peering"),
        one.ask(f"{CY}.edges('.bundle').reduce((sum, line) => sum + line.data('count'), 0)"),
    )
    assert broad > 0
    assert alone + broad == 200
    one.page.get_by_label("broad lines for many").uncheck()
    assert (one.drawn("edge.peering"), one.drawn("edge.bundle")) == (200, 0)


def test_an_address_finds_the_vpc_that_holds_it_and_enter_opens_it(opened):
    one = opened("usual")
    one.page.keyboard.press("/")
    one.page.keyboard.type("10.5.3.9")
    found = one.page.locator("#found [role=option]")
    found.first.wait_for()
    assert found.count() == 1
    assert "10.5.0.0/20" in found.inner_text()
    one.page.keyboard.press("Enter")
    assert "10.5.0.0/20" in one.panel()
    assert one.drawn("node.chosen") == 1
    assert one.ask(f"{FIRST}.tagName") == "H2"


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("10.0.0.0/12", 16),
        ("vpc-0", 60),
        ("999900001111", 2),
        ("no such thing", 0),
        ("2001:db8::1", 0),
    ],
)
def test_search_by_cidr_id_and_account(opened, typed, count):
    one = opened("usual")
    one.page.fill("#search", typed)
    note = one.page.locator("#found .note")
    note.wait_for()
    assert re.match(r"\d+", note.inner_text())[0] == str(count)


def test_a_click_on_a_card_shows_the_vpc_and_on_a_line_the_peering(opened):
    one = opened("small")
    one.click("v0")
    vpc = one.ask(f"{CY}.getElementById('v0').data('near')").splitlines()[1]
    assert vpc in one.panel()
    one.page.keyboard.press("Escape")
    assert one.panel() == ""
    line = one.ask(f"{CY}.edges('.peering').filter(e => e.data('mark'))[0].id()")
    one.click(line)
    assert line in one.panel()
    assert "Requester" in one.panel()
    assert "Accepter" in one.panel()


def test_a_click_on_a_broad_line_lists_its_peerings(opened):
    one = opened("usual")
    line, count = one.ask(
        f"""(() => {{ const lines = {CY}.edges('.beside').sort((a, b) => b.data('count') - a.data('count'));
          return [lines[0].id(), lines[0].data('count')]; }})()"""
    )
    one.click(line)
    assert f"{count} peerings" in one.panel()
    assert one.page.locator("#panel .peering").count() == count
    one.page.locator("#panel .peering").first.click()
    assert "Requester" in one.panel()


def test_the_panel_of_a_peering_says_routes_consent_and_findings(opened):
    one = opened("usual")
    one.page.click("#as-table")
    one.page.locator(f"[data-peering={worst()}]").click()
    for words in (
        "carries nothing",
        "route-conflict",
        "peerkeeper:peers=",
        "blocked",
        "covers the same range",
    ):
        assert words in one.panel(), words


def test_a_tick_of_the_legend_filters_picture_and_table(opened):
    one = opened("usual")
    one.page.get_by_label("Show only carries").click(force=True)
    assert one.page.locator("#showing").inner_text().startswith("140 peerings of 200 shown")
    one.page.click("#as-table")
    assert one.page.locator("#table tbody tr").count() == 140
    one.page.get_by_role("button", name="all", exact=True).click()
    one.page.locator("#legend label", has_text="111122223333").click()
    one.page.click("#as-picture")
    assert one.drawn("node.vpc") == 45


def test_the_theme_follows_the_system_until_it_is_switched(opened):
    one = opened("usual", color_scheme="dark")
    card = f"{CY}.nodes('.vpc')[0].style('background-color')"
    dark = one.ask(card)
    assert one.ask("document.documentElement.dataset.theme") == "dark"
    one.page.click("#theme")
    assert one.ask("document.documentElement.dataset.theme") == "light"
    assert one.ask(card) != dark
    one.page.emulate_media(color_scheme="dark")
    assert one.ask("document.documentElement.dataset.theme") == "light"


def test_the_keyboard_alone_reaches_and_opens_a_peering(opened):
    one = opened("usual")
    one.page.locator("#picture").focus()
    one.page.keyboard.press("ArrowRight")
    assert one.page.locator("#said").inner_text().startswith("1 of 200: ")
    one.page.keyboard.press("Enter")
    assert worst() in one.panel()
    one.page.keyboard.press("Escape")
    assert one.panel() == ""
    assert one.ask(f"{FIRST}.id") == "picture"
    one.page.keyboard.press("ArrowLeft")
    one.page.keyboard.press("ArrowLeft")
    assert one.page.locator("#said").inner_text().startswith("199 of 200: ")


def test_tab_goes_through_the_tables_peerings_and_escape_comes_back(opened):
    one = opened("usual")
    one.page.keyboard.press("Tab")
    assert one.ask(f"{FIRST}.className") == "skip"
    one.page.keyboard.press("Enter")
    assert one.page.locator("#table").is_visible()
    one.page.keyboard.press("Tab")
    assert one.ask(f"{FIRST}.dataset.peering") == worst()
    one.page.keyboard.press("Enter")
    assert worst() in one.panel()
    one.page.locator("#panel h2").focus()
    one.page.keyboard.press("Escape")
    assert one.ask(f"{FIRST}.dataset.peering") == worst()


def test_whatever_has_the_focus_shows_it(opened):
    one = opened("small")
    for _ in range(12):
        one.page.keyboard.press("Tab")
        outline = f"getComputedStyle({FIRST}).outlineStyle !== 'none' || {FIRST}.closest('label') !== null"
        assert one.ask(outline), one.ask(f"{FIRST}.outerHTML")


def test_paper_holds_header_legend_picture_and_table(opened):
    one = opened("usual", color_scheme="dark")
    assert one.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    one.page.emulate_media(media="print")
    for shown in ("h1", "#coverage", "#legend .verdicts", "#paper svg", "#table table"):
        assert one.page.locator(shown).is_visible(), shown
    for left_out in (".search", "#stage", ".buttons", "#legend .filters"):
        assert not one.page.locator(left_out).first.is_visible(), left_out
    assert one.page.locator("#table tbody tr").count() == 200
    assert one.page.locator("#paper path.line").count() == 200
    assert one.page.locator("#paper .card").count() == 60
    assert one.ask("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_an_empty_estate_says_so(opened):
    assert opened("empty").page.locator("#empty").inner_text().startswith("There is no VPC")


def test_on_a_telephone_nothing_is_wider_than_the_screen(opened):
    one = opened("usual", **PHONE)
    assert one.ask("document.documentElement.scrollWidth") <= 390
    assert not one.page.locator("#legend").is_visible()
    one.page.click("#show-legend")
    assert one.page.locator("#legend").is_visible()
    one.page.keyboard.press("Escape")
    one.page.fill("#search", "ledger")
    one.page.keyboard.press("Enter")
    assert "VPC" in one.panel()
    at = one.ask(f"{CY}.nodes('.chosen').renderedBoundingBox()")
    assert at["y1"] >= 0
    assert at["y2"] <= one.page.locator("#picture").bounding_box()["height"]


def test_no_cell_of_the_table_runs_into_the_next(opened):
    one = opened("usual")
    one.page.click("#as-table")
    one.page.locator("#table tbody tr").nth(199).wait_for(state="attached")
    cells = "[...document.querySelectorAll('#table td, #table th')]"
    wider = f"{cells}.filter(cell => cell.scrollWidth > cell.clientWidth)"
    assert one.ask(f"{wider}.map(cell => cell.textContent)") == []


def test_traffic_is_a_second_colour_a_filter_and_a_column_where_it_was_looked_at(opened):
    one = opened("traffic")
    assert one.page.locator("#legend li[data-kind=reaches]").count() == 6
    blocked = one.drawn("edge.r-blocked")
    assert blocked > 0
    assert one.ask(f"{CY}.edges('.r-blocked')[0].style('underlay-opacity')") != "0"
    one.page.get_by_label("expected, and blocked").uncheck()
    assert one.drawn("edge.r-blocked") == 0
    one.page.get_by_role("button", name="Table").click()
    assert "Traffic" in one.page.locator("#table thead").inner_text()


def test_without_that_look_there_is_no_word_about_traffic(opened):
    one = opened("small")
    assert one.page.locator("#legend li[data-kind=reaches]").count() == 0
    one.page.get_by_role("button", name="Table").click()
    assert "Traffic" not in one.page.locator("#table thead").inner_text()
