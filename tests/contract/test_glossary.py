"""A reader finds a word of the glossary by the alphabet, once, and the page that it names uses the word."""

import re

import pytest

from tests.contract.deploy.templates import ROOT

PAGE = ROOT / "docs/reference/glossary.md"
ROW = re.compile(r"^\| (?!word |---)([^|]+) \| ([^|]+) \|(?: ([^|]+) \|)?$", re.MULTILINE)
TABLES = {
    title: ROW.findall(text)
    for title, text in re.findall(
        r"^## (Words of .+?)\n(.*?)(?=^## |\Z)", PAGE.read_text(), re.MULTILINE | re.DOTALL
    )
}
OF_OPERATORS = TABLES["Words of operators"]


def test_what_operators_read_comes_first_and_what_only_the_code_says_last():
    assert list(TABLES) == ["Words of operators", "Words of AWS", "Words of the code"]
    words = {word for word, _, _ in OF_OPERATORS}
    assert {"consent", "held", "stale route", "estate"} <= words
    assert not [word for word, _, more in OF_OPERATORS if ".py`" in more]


@pytest.mark.parametrize("title", TABLES)
def test_words_are_in_the_order_of_the_alphabet(title):
    words = [word.lower() for word, _, _ in TABLES[title]]
    assert len(words) > 8
    assert words == sorted(words)


def test_no_word_is_explained_twice():
    words = [word.lower() for rows in TABLES.values() for word, _, _ in rows]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(("word", "more"), [(word, more) for word, _, more in OF_OPERATORS])
def test_the_page_beside_a_word_uses_it(word, more):
    (target,) = re.findall(r"\]\(([^)#]+)", more)
    page = (PAGE.parent / target).read_text()
    assert re.search(rf"\b{word}", page, re.IGNORECASE)
