"""Every word that judging may use has a meaning on the pages."""

from __future__ import annotations

from typing import get_args

import pytest

from site_builder.evidence.record import FieldType
from site_builder.pages.words import KINDS, OUTCOMES, REASONS, TYPES, VERDICTS, counted, kind
from site_builder.verdicts.decision import CorrectionOutcome, NumberOutcome, Reason, TruthOutcome, Verdict


def test_every_verdict_has_a_word() -> None:
    assert set(VERDICTS) == set(get_args(Verdict))


def test_every_outcome_has_a_word() -> None:
    outcomes = {*get_args(TruthOutcome), *get_args(NumberOutcome), *get_args(CorrectionOutcome)}
    assert set(OUTCOMES) == outcomes


def test_every_reason_has_a_sentence() -> None:
    assert set(REASONS) == set(get_args(Reason))


def test_every_type_of_column_has_a_meaning() -> None:
    assert set(TYPES) == set(get_args(FieldType))


def test_verdicts_differ_in_word_and_icon() -> None:
    assert len({term.word for term in VERDICTS.values()}) == len(VERDICTS)
    assert len({term.icon for term in VERDICTS.values()}) == len(VERDICTS)


def test_an_unknown_kind_is_shown_as_said() -> None:
    assert kind("measured twice")[0] == "measured twice"
    assert kind("transcribed") == KINDS["transcribed"]


@pytest.mark.parametrize(("count", "said"), [(0, "0 rows"), (1, "1 row"), (1200, "1,200 rows")])
def test_a_count_agrees_with_its_noun(count: int, said: str) -> None:
    assert counted(count, "row") == said
