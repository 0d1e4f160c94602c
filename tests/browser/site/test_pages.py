"""Every page of the site, on a desk and on a phone, in light and in dark."""

import pytest

from tests.browser.site.axe import hard_to_see, hard_to_use, wider_than_the_screen
from tests.browser.site.built import HOST, SITE, Reader, addresses

DESK, PHONE = 1280, 390


@pytest.fixture(scope="session")
def everybody(browser):
    """One reader for all pages: what the browser has compiled for one page serves the next."""
    return Reader(browser, search=False)


@pytest.fixture
def reader(everybody):
    yield everybody
    assert everybody.failed == [], "asked for what the site does not have, or for another host"
    assert everybody.complaints == [], "the console said something"


@pytest.fixture
def searcher(browser):
    one = Reader(browser, search=True)
    yield one
    one.context.close()
    assert [*one.failed, *one.complaints] == []


def test_the_site_is_built():
    assert SITE.is_dir(), "run `make docs`"
    assert len(addresses()) > 50


@pytest.mark.parametrize("address", addresses())
def test_a_page_fits_each_screen_and_anybody_can_read_it(reader, address):
    page = reader.page
    reader.take(DESK, "light")
    reader.go(address)
    assert wider_than_the_screen(page) == []
    reader.take(PHONE, "dark")
    assert wider_than_the_screen(page) == []
    assert hard_to_use(page, "article") == []
    assert hard_to_see(page, "article") == []
    reader.take(DESK, "light")
    assert hard_to_see(page, "article") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_anybody_can_use_what_stands_around_the_page(reader, width, scheme):
    reader.take(width, scheme)
    reader.go("operate/turn-on")
    assert hard_to_use(reader.page, "html") == []
    assert hard_to_see(reader.page, "html") == []


def test_the_search_finds_a_finding_by_its_code_and_leads_to_its_section(searcher):
    searcher.go(".")
    searcher.page.click(".md-search__input")
    searcher.page.keyboard.type("held-twin")
    searcher.page.locator(".md-search-result__link", has_text="held-twin").first.click()
    searcher.page.wait_for_url(f"{HOST}/operate/findings/**held-twin")
    assert searcher.page.locator("#held-twin").is_visible()


def test_a_wide_table_scrolls_in_itself_and_by_keyboard(reader):
    reader.take(PHONE, "light")
    reader.go("operate/costs")
    wide = reader.page.locator(".md-typeset__scrollwrap").first
    assert wide.evaluate("one => one.scrollWidth > one.clientWidth")
    wide.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_function(
        "document.querySelector('.md-typeset__scrollwrap').scrollLeft > 0"
    )


def test_the_menu_of_a_phone_leads_to_every_part(reader):
    reader.take(PHONE, "light")
    reader.go(".")
    reader.page.click("label.md-header__button[for=__drawer]")
    parts = reader.page.locator(".md-nav--primary > .md-nav__list > .md-nav__item > label")
    assert parts.first.is_visible()
    assert [one.strip() for one in parts.all_inner_texts()][:2] == ["Start here", "Operate"]
