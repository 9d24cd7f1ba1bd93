"""The machine-readable twin holds every decision, the same bytes for the same decisions."""

from __future__ import annotations

import json

import pytest

from site_builder.outputs.twin import claims_json
from tests.pages import fakes


def test_a_claim_is_its_whole_decision() -> None:
    decision = fakes.switching()
    assert json.loads(claims_json([decision], "1"))["claims"] == [decision]


def test_the_document_says_who_wrote_it() -> None:
    document = json.loads(claims_json([], "1.2.3"))
    assert (document["tool"], document["version"], document["schema_version"]) == ("claims", "1.2.3", 1)


def test_totals_of_probes_and_coverage_are_there_where_they_were_found_out() -> None:
    probed = fakes.decision(probe=fakes.probe())
    document = json.loads(claims_json([probed], "1", fakes.coverage()))
    assert document["coverage"] == fakes.coverage()
    assert document["firmness"]["cells"] == 11
    bare = json.loads(claims_json([fakes.decision()], "1"))
    assert (bare["coverage"], bare["firmness"]) == (None, None)


def test_verdicts_are_counted() -> None:
    document = json.loads(claims_json([fakes.refuted(), fakes.broken(), fakes.refuted()], "1"))
    assert document["verdicts"] == {
        "validated": 0,
        "corrected": 0,
        "refuted": 2,
        "undetermined": 0,
        "broken": 1,
    }


def test_the_order_of_decisions_does_not_matter() -> None:
    claims = [fakes.switching(), fakes.refuted(), fakes.broken()]
    assert claims_json(claims, "1") == claims_json(claims[::-1], "1")


def test_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        claims_json([fakes.decision(numbers=[fakes.number(computed=float("nan"))])], "1")


def test_hostile_text_is_kept_as_it_is() -> None:
    written = claims_json([fakes.decision(title="\ud800\u202e</script>\x00")], "1")
    assert json.loads(written.decode("utf-8"))["claims"][0]["title"] == "\ud800\u202e</script>\x00"
