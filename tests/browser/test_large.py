"""500 VPCs and 2,000 peerings stay fluent: measured beside a small estate in the same run."""

from statistics import median

from tests.browser.opened import CY

TRIES = 3
FRAMES = """() => { window.frames_ = []; window.on_ = true; let last = performance.now();
  const next = now => { frames_.push(now - last); last = now; if (on_) requestAnimationFrame(next); };
  requestAnimationFrame(next); }"""


def between_frames(one, act):
    """The usual time between two frames while something goes on."""
    one.page.evaluate(FRAMES)
    act(one.page)
    return median(one.ask("(() => { on_ = false; return frames_.slice(1); })()"))


def pan(page):
    page.mouse.move(800, 860)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(800 - 6 * step, 860 - 4 * step)
    page.mouse.up()


def zoom(page):
    page.mouse.move(800, 500)
    for _ in range(15):
        page.mouse.wheel(0, -100)
    for _ in range(15):
        page.mouse.wheel(0, 100)


def test_moving_a_large_picture_shows_about_as_many_frames_as_a_small_one(opened):
    small, large = opened("small"), opened("large")
    for act in (pan, zoom):
        ratios = [between_frames(large, act) / between_frames(small, act) for _ in range(TRIES)]
        assert min(ratios) < 4, (act.__name__, ratios)


def test_a_large_picture_holds_what_is_seen_alone(opened):
    one = opened("large")
    assert one.ask(f"{CY}.edges().length") < 500
    assert one.drawn("edge.bundle") > 0
    one.page.fill("#search", "10.7.0.1")
    one.page.keyboard.press("Enter")
    chosen = one.ask(f"{CY}.edges('.lit').length")
    assert f"{chosen} peering" in one.panel()


def test_a_large_table_comes_row_by_row_and_is_whole_in_the_end(opened):
    one = opened("large")
    one.page.click("#as-table")
    one.page.locator("#table tbody tr").nth(1999).wait_for(state="attached")
    assert one.page.locator("#table tbody tr").count() == 2000
