"""How the check does on numbers labelled by hand; `-s` shows the figures and what goes wrong."""

from __future__ import annotations

import re

from tests.claims.labelled import Labelled, labelled_texts, overlap, score

TEXTS = labelled_texts()
UNSEEN = tuple(text for text in TEXTS if text.source == "unseen.txt")


def test_every_numeral_is_labelled_once() -> None:
    loose = [
        f"{text.source}: {text.value[max(0, digit.start() - 20) : digit.end() + 10]}"
        for text in TEXTS
        for digit in re.finditer(r"\d", text.value)
        if sum(overlap(digit.span(), label) for label in (*text.unbound, *text.exempt)) != 1
    ]
    assert loose == []


def test_at_least_300_numbers_are_labelled_of_both_kinds() -> None:
    unbound = sum(len(text.unbound) for text in TEXTS)
    exempt = sum(len(text.exempt) for text in TEXTS)
    assert unbound >= 300
    assert exempt >= 200


def test_precision_does_not_fall() -> None:
    found = score(TEXTS)
    show("all labelled texts", TEXTS)
    assert found.precision >= 0.97, "\n".join(found.wrong)


def test_recall_does_not_fall() -> None:
    found = score(TEXTS)
    assert found.recall >= 0.99, "\n".join(found.missed)


def test_precision_does_not_fall_on_texts_that_no_rule_was_fitted_to() -> None:
    found = score(UNSEEN)
    show("texts written after the rules", UNSEEN)
    assert found.precision >= 0.93, "\n".join(found.wrong)


def test_a_label_is_missed_where_the_number_is_bound() -> None:
    made = Labelled("made", "took {{ 38 }} and 5 and v6", unbound=((8, 10), (18, 19)), exempt=((24, 26),))
    found = score((made,))
    assert (found.right, len(found.wrong), len(found.missed)) == (1, 0, 1)


def show(title: str, texts: tuple[Labelled, ...]) -> None:
    found = score(texts)
    labels = sum(len(text.unbound) for text in texts), sum(len(text.exempt) for text in texts)
    print(f"\n{title}: {labels[0]} unbound and {labels[1]} exempt numbers labelled in {len(texts)} texts")
    print(f"  precision {found.precision:.1%}, recall {found.recall:.1%}")
    print(
        "\n".join(
            f"  {kind}: {line}"
            for kind, lines in (("wrong", found.wrong), ("missed", found.missed))
            for line in lines
        )
    )
