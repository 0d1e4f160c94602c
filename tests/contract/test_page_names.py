"""A page has one name: its title, its entry in the navigation, and the links that call it by its name."""

import ast
import re
from functools import cache

import pytest
import yaml

from tests.contract.deploy.templates import ROOT

FRONT_DOORS = {"docs/index.md": "What do you want to do?", "README.md": "What it is"}
"""Both have the product's name as their title, on GitHub as on the site."""
LINK = re.compile(r"(?<!!)\[([^\]\n]+(?:\n[^\]\n]+)?)\]\((?!\w+:)([^)#\s]*)(#[^)\s]*)?\)")
CODE = re.compile(r"^( *)```.*?^\1```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
HOOK = (ROOT / "site_builder/pages_outside_docs.py").read_text()
"""Read, not imported: MkDocs is in another environment."""
OUTSIDE = ast.literal_eval(re.search(r"^OUTSIDE = (\{.*?^\})$", HOOK, re.MULTILINE | re.DOTALL)[1])
PLACES = {place: source for source, place in OUTSIDE.items()}


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without making the Python objects that it names."""


Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: suffix)


def entries():
    sections = yaml.load((ROOT / "mkdocs.yml").read_text(), Loader)["nav"]
    for section in sections:
        for each in next(iter(section.values())):
            ((name, place),) = each.items()
            yield PLACES.get(place, f"docs/{place}"), name


NAV = dict(entries())
PAGES = sorted({*NAV, *(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/decisions/0*.md"))})


def slug(heading):
    words = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return "#" + words.replace(" ", "-")


@cache
def headings(page):
    """The headings of a page by their anchors. The title has none."""
    text = CODE.sub(
        lambda code: code[0] if code[0].count("\n") == 0 else "", (ROOT / page).read_text()
    )
    found = re.findall(r"^(#+) (.+)$", text, re.MULTILINE)
    return {"" if level == "#" else slug(name): name for level, name in found}


def links(page):
    text = (ROOT / page).read_text()
    blocks = [(m.start(), m.end()) for m in CODE.finditer(text) if "\n" in m[0]]
    for found in LINK.finditer(text):
        if any(start <= found.start() < end for start, end in blocks):
            continue
        folder = (ROOT / page).parent
        target = (folder / found[2]).resolve() if found[2] else ROOT / page
        if target.is_file() and str(target.relative_to(ROOT)) in NAV:
            yield " ".join(found[1].split()), str(target.relative_to(ROOT)), found[3] or ""


@pytest.mark.parametrize(("page", "name"), NAV.items(), ids=NAV)
def test_the_navigation_calls_a_page_by_its_title(page, name):
    title = headings(page)[""]
    assert (title, name) == (
        "Peerkeeper" if page in FRONT_DOORS else name,
        FRONT_DOORS.get(page, name),
    )


def test_no_two_pages_have_one_name():
    assert sorted(NAV.values()) == sorted(set(NAV.values()))


def names(page, anchor):
    """What a link may call this place: the page's name, or the heading that it leads to."""
    return {NAV[page], headings(page).get(anchor)} if anchor else {NAV[page]}


@pytest.mark.parametrize("page", PAGES)
def test_a_link_with_a_capital_is_the_name_of_what_it_leads_to(page):
    """A link in small letters is a part of its sentence. It may use other words."""
    wrong = [
        (text, target + anchor)
        for text, target, anchor in links(page)
        if text[0].isupper() and text not in names(target, anchor)
    ]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES)
def test_no_link_has_a_file_for_its_name(page):
    assert [text for text, *_ in links(page) if text.strip("`").endswith(".md")] == []


@pytest.mark.parametrize("page", FRONT_DOORS)
def test_the_lists_of_pages_use_their_names(page):
    """The list at the end of the README, and the last column of the tables of the site's first page."""
    text = (ROOT / page).read_text()
    listed = text.partition("## Read on")[2] or "".join(
        re.findall(r"\| ([^|\n]+) \|$", text, re.MULTILINE)
    )
    found = [(" ".join(a.split()), b) for a, b, anchor in LINK.findall(listed) if not anchor]
    assert len(found) > 15
    folder = (ROOT / page).parent
    for words, target in found:
        name = NAV[str((folder / target).resolve().relative_to(ROOT))]
        assert words.lower() == name.lower()
