"""Prose and code in Markdown."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.claims.claim import Report
from site_builder.claims.prose import code_regions, first_heading, is_within, report_text

CODE = {
    "a `b` c": ["`b`"],
    "a ``b ` c`` d": ["``b ` c``"],
    "a ` b": [],
    "`a``b`": ["`a``b`"],
    "a `` b ` c": [],
    r"a \`b` c`": ["` c`"],
    r"a `b\` c": [r"`b\`"],
    "a `b\nc` d": ["`b\nc`"],
    "a `b\n\nc` d": [],
    "```\na\n```\nb": ["```\na\n```"],
    "```py\na\n\n`b\n```\nb": ["```py\na\n\n`b\n```"],
    "~~~\n```\n~~~ \nb": ["~~~\n```\n~~~ "],
    "````\n```\n````": ["````\n```\n````"],
    "```\nopen to the end": ["```\nopen to the end"],
    "``` a`b\nc": [],
    "- ```\n  a\n  ```\nb": ["- ```\n  a\n  ```"],
    "> ~~~\n> a\n> ~~~\nb": ["> ~~~\n> a\n> ~~~"],
    "a `b`\n```\nc\n```\nd `e`": ["`b`", "```\nc\n```", "`e`"],
    "a ` b\n```\nc\n```\nd ` e": ["```\nc\n```"],
    "": [],
}


@pytest.mark.parametrize("value", CODE)
def test_code_is_found(value: str) -> None:
    assert [value[start:end] for start, end in code_regions(value)] == CODE[value]


@settings(deadline=None)
@given(st.text(alphabet="`~\\ab\n >-", max_size=60))
def test_code_regions_are_apart_and_in_order(value: str) -> None:
    offset = 0
    for start, end in code_regions(value):
        assert offset <= start < end <= len(value)
        offset = end


def test_offset_is_within_the_region_that_holds_it() -> None:
    regions = ((2, 4), (6, 9))
    assert [is_within(regions, offset) for offset in (1, 2, 3, 4, 6, 8, 9)] == [
        None,
        (2, 4),
        (2, 4),
        None,
        (6, 9),
        (6, 9),
        None,
    ]


HEADINGS = {
    "# One\n# Two": "One",
    "text\n\n# One ##\n": "One",
    "   # One": "One",
    "    # code": "",
    "## Two\n\n#No\n": "",
    "```\n# code\n```\n# One": "One",
    "One\n===\n": "One",
    "\n===\n": "",
    "Two\n---\n# One": "One",
    "#\n": "",
    "": "",
}


@pytest.mark.parametrize("value", HEADINGS)
def test_first_heading_is_the_first_of_level_one(value: str) -> None:
    assert first_heading(value) == HEADINGS[value]


def test_offset_in_a_report_leads_to_its_line() -> None:
    body = "# A\n\nword {{ x }}"
    text = report_text(Report("r", "claims/r.md", "", "A", body))
    assert str(text.at(body.index("{{"))) == "claims/r.md:3:6"
    assert text.at(body.index("{{")).text == "word {{ x }}"


@pytest.mark.parametrize("unit", ["`", "` `` ", "~~~\n", "\\`", "\\", "> ", "`\n", "- - "])
def test_a_million_marks_cost_little(unit: str) -> None:
    started = process_time()
    code_regions(unit * (1_000_000 // len(unit)))
    assert process_time() - started < 5
