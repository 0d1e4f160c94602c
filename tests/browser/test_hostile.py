"""Whatever a tag says, the page shows it as text, runs nothing and asks for nothing."""

from tests.cli.map.hostile import HOSTILE

SHOWN = "".join(each for each in HOSTILE if each.isprintable() and each != "\ud800")


def run_away(one):
    return one.ask("window.hacked")


def test_it_stays_text_in_panel_search_table_and_on_paper(opened):
    one = opened("hostile")
    one.page.click("#coverage summary")
    one.page.fill("#search", "onerror")
    one.page.locator("#found [role=option]").first.wait_for()
    one.page.keyboard.press("Enter")
    assert "<img src=x onerror=" in one.panel()
    one.page.locator("#panel .peering").click()
    assert one.panel().count("</script><script>window.hacked=1</script>") > 4
    one.page.click("#as-table")
    assert "<img src=x onerror=" in one.page.locator("#table").inner_text()
    one.page.pdf()
    assert one.page.locator("img").count() == 0
    assert run_away(one) is None


def test_the_words_are_whole(opened):
    one = opened("hostile")
    title = one.page.locator("h1").text_content()
    assert "".join(each for each in title if each.isprintable() and each != "\ufffd") == SHOWN


def test_a_script_that_is_not_the_pages_own_is_refused(opened):
    one = opened("small")
    refused = one.ask(
        """new Promise(done => {
          document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
          const script = document.createElement('script');
          script.textContent = 'window.hacked = 1';
          document.body.append(script);
        })"""
    )
    assert refused == "script-src-elem"
    assert run_away(one) is None
    one.expected = one.complaints[:]


def test_nothing_can_be_fetched(opened):
    one = opened("small")
    refused = one.ask("fetch('https://example.org/').then(() => 'went', () => 'refused')")
    assert refused == "refused"
    one.expected = one.complaints[:]
    assert one.asked == []
