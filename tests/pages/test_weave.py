"""Reports weave in what claims say, and what they name must exist."""

from __future__ import annotations

import pytest

from site_builder.pages.figure import Figure
from site_builder.pages.prose import Block, Prose, Value
from site_builder.pages.summary import Group
from site_builder.pages.weave import loom, shows_findings, weave
from tests.pages import fakes

ID = "amd-hackathon/model-switching"


def woven(body: str) -> Prose:
    decisions = [fakes.broken(), fakes.refuted(), fakes.switching()]
    return weave(fakes.report("r", body), loom(decisions, lambda plot: "<svg></svg>"))


def blocks(body: str) -> list[Block]:
    return [spot.shown for spot in woven(body).spots if isinstance(spot.shown, Block)]


def test_a_number_is_called_by_its_claim() -> None:
    (spot,) = woven(f"It is {{{{ {ID}.roi_ratio }}}}.").spots
    assert spot.shown == Value("1,266x", f"claims/{ID}.html#number-roi_ratio", "38x")


def test_a_number_of_a_broken_claim_is_not_computed() -> None:
    (spot,) = woven("It is {{ typo.x }}.").spots
    assert spot.shown == Value("not computed", "claims/typo.html")


@pytest.mark.parametrize(
    ("line", "template"),
    [
        (f"{{{{ claim {ID} }}}}", "claim"),
        (f"{{{{ plot {ID}/1 }}}}", "plot"),
        (f"{{{{ table {ID}/1 }}}}", "table"),
        ("{{ verdicts }}", "verdicts"),
        ("{{ corrections }}", "corrections"),
        ("{{ claim nobody/knows }}", "unwoven"),
        (f"{{{{ plot {ID}/2 }}}}", "unwoven"),
        (f"{{{{ table {ID}/2 }}}}", "unwoven"),
        ("{{ table nobody/1 }}", "unwoven"),
    ],
)
def test_a_directive_becomes_its_block(line: str, template: str) -> None:
    assert [block.template for block in blocks(line)] == [template]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ("", {"typo", "mode-collapse/non-monotonic", ID}),
        ("tag=roi", {ID}),
        ("verdict=refuted", {"mode-collapse/non-monotonic"}),
        ("group=mode-collapse tag=roi", set()),
    ],
)
def test_verdicts_are_narrowed_by_filters(filters: str, ids: set[str]) -> None:
    (block,) = blocks(f"{{{{ verdicts {filters} }}}}")
    assert isinstance(block.view, Group)
    assert {row.id for row in block.view.rows} == ids


def test_the_report_s_own_title_is_left_out() -> None:
    assert woven("# Title\n\nBody").text.strip() == "Body"
    assert woven("Title\n=====\n\nBody").text.strip() in {"Body", "Title\n=====\n\nBody"}


def test_another_first_heading_stays() -> None:
    assert "## Part" in woven("## Part\n\nBody").text


def test_a_drawing_that_is_there_already_is_loaded_as_an_image() -> None:
    views = [block.view for block in blocks(f"{{{{ plot {ID}/1 }}}}\n\n{{{{ plot {ID}/1 }}}}")]
    assert [view.is_inline for view in views if isinstance(view, Figure)] == [True, False]


def test_ids_of_repeated_directives_differ() -> None:
    views = [block.view for block in blocks("{{ verdicts }}\n\n{{ verdicts }}")]
    assert len({view.anchor for view in views if isinstance(view, Group)}) == 2


def test_the_front_page_knows_whether_its_report_shows_the_findings() -> None:
    assert shows_findings(fakes.report("index", "{{ verdicts }}"))
    assert not shows_findings(fakes.report("index", "`{{ verdicts }}`"))
