"""Each rule of plain English finds what it is for, on its line, and lets a plain sentence pass."""

import pytest

from tests.contract.plain_english.markdown import page_of_markdown
from tests.contract.plain_english.python_source import page_of_python
from tests.contract.plain_english.rules import faults
from tests.contract.plain_english.template import page_of_template

LONG = " ".join(["ab"] * 25)


def found(page):
    return [(each.line, each.rule) for each in faults(page)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Nobody accepts it.", "word"),
        ("The owner is told once.", "word"),
        ("Its routes go.", "word"),
        ("The packet goes to the peer.", None),
        ("A tag counts in its own account alone.", "word"),
        ("Each location has an invocation of its own.", "word"),
        ("A subnet takes the ACL of its own VPC.", None),
        ("The queue is not unknown.", "word"),
        ("The change waits until then, not until now.", None),
        ("A VPC without a tag is not touched.", "negatives"),
        ("A VPC without a tag stays as it is.", None),
        ("A table without routes, and no subnet, is listed.", None),
        ("Only then does the sweep delete it.", "inversion"),
        ("So does an event.", "inversion"),
        ("Of these regions two are off.", "inversion"),
        ("The sweep deletes it only then.", None),
        ("What the sweep finds is logged.", "clause-first"),
        ("What does the sweep find?", None),
        ("Where EC2 refuses, a finding says so.", "clause-first"),
        ("It reads: the peering; the VPC; the table.", "pauses"),
        ("Out: the plan; then the report.", None),
        ("The region which holds the hub, which is Seoul, is read.", "which"),
        (f"The {LONG}.", "long"),
        (f"The {LONG[:-3]}.", None),
        ("The sweep reads `nobody and whoever` from the log.", None),
    ],
)
def test_a_sentence(text, rule):
    assert found(page_of_markdown(text)) == ([(1, rule)] if rule else [])


def test_a_fault_is_on_the_line_of_its_sentence():
    page = page_of_markdown("# Title\n\nThe hub reads.\nThe sweep reads. Nobody\nwrites.\n")
    assert found(page) == [(4, "word")]


def test_code_html_and_front_matter_are_left_out():
    page = "---\ntitle: nobody\n---\n```sh\necho nobody\n```\n\n<!-- nobody -->\n\n    nobody\n"
    assert found(page_of_markdown(page)) == []


def test_the_text_of_an_admonition_and_of_a_list_is_read():
    assert found(page_of_markdown("!!! note\n    Nobody reads.\n\n- Nobody.\n")) == [
        (2, "word"),
        (4, "word"),
    ]


def test_a_line_of_prose_has_120_characters_unless_it_cannot_be_broken():
    fits, over = "ab " * 40, "ab " * 40 + "b"
    address = f"See [it](https://example.org/{'a' * 120}) there."
    assert found(page_of_markdown(f"{fits}\n\n{over}\n\n{address}"))[:2] == [
        (1, "long"),
        (3, "line"),
    ]
    assert (5, "line") not in found(page_of_markdown(f"{fits}\n\n{over}\n\n{address}"))


def test_a_cell_has_200_characters_with_its_code_and_a_row_of_its_own():
    table = "| a | b |\n|---|---|\n| {} | b |\n| {} | b |\n"
    assert found(page_of_markdown(table.format("x" * 200, f"`{'x' * 201}`"))) == [(4, "cell")]


SOURCE = '''"""Nobody reads it.

In: a page. Out: faults; and none of
    whoever  columns    are left out
"""

raise Refusal("Nobody may do what EC2 forbids here")
print(f"The request waits; to accept it: {command}; to reject it: {command}")
print("nobody")
print(f"nobody has read the page {name} today")
print("<p>nobody has read the page today</p>")


def read():
    """Read it.

    Whoever reads it.
    """
'''


def test_docstrings_and_messages_are_read_and_columns_code_and_ec2s_words_are_not():
    assert found(page_of_python(SOURCE)) == [(1, "word"), (10, "word"), (17, "word")]


def test_the_descriptions_and_comments_of_a_template_are_read():
    template = (
        "# ---- nobody ----\nParameters:\n  A: # x\n    # Nobody.\n    Description: Whoever reads\n"
    )
    assert found(page_of_template(template)) == [(4, "word"), (5, "word")]
