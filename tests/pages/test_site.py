"""A site has every page that something links to, and always the same ones."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from site_builder.pages.page import Page
from site_builder.pages.parts import Part
from site_builder.pages.site import Frame, Site, present
from site_builder.project import Settings
from tests.pages import fakes


def pages_of(site: Site) -> Mapping[str, Page]:
    return {page.url: page for page in present(site, lambda plot: f"<svg>{plot['name']}</svg>")}


def frame_of(site: Site) -> Frame:
    frame = pages_of(site)["index.html"].context["frame"]
    assert isinstance(frame, Frame)
    return frame


@pytest.mark.parametrize(
    "url",
    [
        "index.html",
        "claims/amd-hackathon/model-switching.html",
        "evidence/amd-approaches-csv.html",
        "evidence.html",
        "reports/angles/selection.html",
        "reports.html",
        "verdicts/refuted.html",
        "tags/roi.html",
        "corrections.html",
        "gallery.html",
        "groups/amd-hackathon.html",
        "reading.html",
        "green.html",
        "404.html",
    ],
)
def test_a_page_is_there(url: str) -> None:
    assert url in pages_of(fakes.site())


def test_no_two_pages_share_a_place() -> None:
    urls = [page.url.casefold() for page in present(fakes.site(), lambda plot: "<svg></svg>")]
    assert len(urls) == len(set(urls))


def test_pages_do_not_depend_on_the_order_of_what_was_found_out() -> None:
    site = fakes.site()
    turned = fakes.site(decisions=site.decisions[::-1], sheets=site.sheets[::-1], reports=site.reports[::-1])
    assert pages_of(site) == pages_of(turned)


def test_a_claim_s_page_does_not_depend_on_other_claims() -> None:
    alone = pages_of(fakes.site(fakes.switching()))
    among = pages_of(fakes.site(fakes.switching(), fakes.refuted()))
    url = "claims/amd-hackathon/model-switching.html"
    assert alone[url] == among[url]


def test_an_empty_project_still_has_a_front_page() -> None:
    site = Site(Settings(), ())
    assert "index.html" in pages_of(site)
    assert frame_of(site).title


def test_reports_are_in_the_navigation_only_where_there_are_any() -> None:
    words = [item.word for item in frame_of(fakes.site(reports=())).nav]
    assert "Reports" not in words


def test_a_plot_is_drawn_once() -> None:
    drawn: list[str] = []

    def draw(plot: object) -> str:
        drawn.append("x")
        return "<svg></svg>"

    present(fakes.site(fakes.switching(), reports=()), draw)
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("base", "kept"),
    [
        ("https://example.org/site", "https://example.org/site/"),
        ("https://example.org/", "https://example.org/"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_a_web_address_is_a_base(base: str, kept: str) -> None:
    assert frame_of(fakes.site(settings=Settings("", "", base))).base_url == kept


def test_plots_of_one_name_have_ids_of_their_own_in_the_gallery() -> None:
    plots = fakes.switching()["plots"][:1]
    twins = fakes.site(fakes.decision("a", plots=plots), fakes.decision("b", plots=plots))
    part = pages_of(twins)["gallery.html"].context["part"]
    assert isinstance(part, Part)
    assert len({figure.anchor for figure in part.items}) == 2


def many(count: int) -> Mapping[str, Page]:
    claims = [fakes.decision(f"g{place % 3}/c{place:04}", group=f"g{place % 3}") for place in range(count)]
    return pages_of(fakes.site(*claims, reports=()))


def test_a_claim_links_to_the_list_of_its_folder() -> None:
    pages = many(6)
    assert pages["claims/g1/c0004.html"].context["group_page"] == "groups/g1.html"
    part = pages["groups/g1.html"].context["part"]
    assert isinstance(part, Part)
    assert [one.id for one in part.items] == ["g1/c0001", "g1/c0004"]


def test_the_front_page_of_a_large_site_lists_folders_and_no_claims() -> None:
    assert many(300)["index.html"].context["lists_claims"] is True
    front = many(301)["index.html"].context
    assert front["lists_claims"] is False
    groups = front["groups"]
    assert isinstance(groups, tuple)
    assert [(group.page, len(group.rows)) for group in groups] == [
        ("groups/g0.html", 101),
        ("groups/g1.html", 100),
        ("groups/g2.html", 100),
    ]


def test_a_long_list_goes_on_on_another_page() -> None:
    pages = many(501)
    assert "verdicts/validated.2.html" in pages
    assert "verdicts/validated.3.html" not in pages
