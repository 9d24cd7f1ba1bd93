"""Addresses lead from page to page with relative links, and no two things share one."""

from __future__ import annotations

import posixpath
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.pages.addresses import (
    Address,
    anchor,
    claim_page,
    report_page,
    slug,
    slugs,
    value_anchor,
)
from tests.pages import fakes

PARTS = st.text("abc-", min_size=1, max_size=3)
PATHS = st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".html")


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("index.html", "claims/a/b.html", "claims/a/b.html"),
        ("claims/a/b.html", "index.html", "../../index.html"),
        ("claims/a/b.html", "claims/a/c.html#n", "c.html#n"),
        ("claims/a/b.html", "claims/d.html", "../d.html"),
        ("claims/a/b.html", "claims/a/b.html#number-x", "#number-x"),
        ("claims/a/b.html", "claims/a/b.html", "b.html"),
        ("claims/a/b.html", "#number-x", "#number-x"),
        ("a/a.html", "a/a/a.html", "a/a.html"),
    ],
)
def test_a_link_is_relative(here: str, there: str, link: str) -> None:
    assert Address(here).to(there) == link


@given(PATHS, PATHS)
def test_a_link_leads_where_it_should(here: str, there: str) -> None:
    link = urlsplit(Address(here).to(there)).path
    assert posixpath.normpath(posixpath.join(posixpath.dirname(here), link)) == there


def test_a_page_served_for_any_path_links_absolutely() -> None:
    here = Address("404.html", "https://example.org/site/")
    assert here.to("assets/site.css") == "https://example.org/site/assets/site.css"


def test_a_claim_s_page_follows_its_id() -> None:
    assert claim_page("amd/model-switching") == "claims/amd/model-switching.html"


@pytest.mark.parametrize("claim_id", ["../../etc/passwd", "A", "é", "a//b", "", "/a", "a b", "x" * 300])
def test_an_id_outside_the_grammar_stays_inside_the_site(claim_id: str) -> None:
    page = claim_page(claim_id)
    assert posixpath.normpath(page) == page
    assert page.startswith("claims/")
    assert len(page) < 200


def test_the_index_is_the_front_page() -> None:
    assert report_page("index") == "index.html"
    assert report_page("angles/one") == "reports/angles/one.html"


@given(st.text(max_size=200))
def test_a_slug_is_a_plain_name(text: str) -> None:
    made = slug(text)
    assert made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.lists(st.text("aA -_/", max_size=4), max_size=8))
def test_slugs_are_all_different(texts: list[str]) -> None:
    made = slugs(texts)
    assert len(set(made.values())) == len(set(texts))


def test_a_slug_does_not_depend_on_the_order() -> None:
    assert slugs(["a b", "a-b", "c"]) == slugs(["c", "a-b", "a b"])


def test_an_anchor_keeps_an_identifier() -> None:
    assert anchor("roi_ratio") == "roi_ratio"


def test_names_with_one_slug_have_anchors_of_their_own() -> None:
    assert anchor("a b") != anchor("a.b")


def test_an_expression_in_prose_has_an_anchor_of_its_own() -> None:
    assert value_anchor("2 * x", fakes.value("4", "arithmetic")) != "arithmetic"
    assert value_anchor("x", fakes.value("2", "let-x")) == "let-x"
