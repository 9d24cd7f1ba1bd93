"""Bindings in prose show the computed value and lead to its receipt."""

from __future__ import annotations

import pytest

from site_builder.pages.prose import Value, bound, written
from tests.pages import fakes


def shown(text: str) -> list[object]:
    return [spot.shown for spot in bound(text, fakes.switching(), "x").spots]


def test_a_binding_links_to_its_receipt() -> None:
    page = "claims/amd-hackathon/model-switching.html"
    assert shown("about {{ roi_ratio }}") == [Value("1,266x", f"{page}#number-roi_ratio", "38x")]


def test_only_a_number_that_differs_says_what_was_stated() -> None:
    stated = {value.text: value.stated for value in shown("{{ switch_roi }}") if isinstance(value, Value)}
    assert set(stated.values()) == {""}


def test_an_unknown_binding_shows_nothing_of_ours() -> None:
    assert shown("about {{ nothing }}") == [None]


def test_a_spot_covers_the_braces() -> None:
    (spot,) = bound("a {{ roi_ratio }} b", fakes.switching(), "x").spots
    assert (spot.start, spot.end) == (2, 17)


def test_code_keeps_its_braces() -> None:
    assert shown("`{{ roi_ratio }}`") == []


def test_a_directive_is_not_for_a_claim_s_own_texts() -> None:
    assert shown("{{ verdicts }}") == [None]


@pytest.mark.parametrize(
    ("number", "unit", "spec", "text"),
    [
        (3.14159, "", ".2f", "3.14"),
        (1266.16, "x", ",.1f", "1,266.2x"),
        (3.8, "%/min", ".2f", "3.80 %/min"),
        (0.4, "", ".1%", "40.0%"),
        (40.0, "%", ".1%", "40.0%"),
        (-2.5, "", ".1f", "−2.5"),
        (-6.5, "$", ".2f", "−$6.50"),
        (None, "x", ".2f", "as stated"),
        (1.0, "x", "", "as stated"),
    ],
)
def test_a_format_is_kept_with_the_unit(number: float | None, unit: str, spec: str, text: str) -> None:
    assert written(fakes.value("as stated", "number-x", number, unit), spec) == text
