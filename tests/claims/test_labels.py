"""Numerals that label, and their nearest neighbours that count."""

from __future__ import annotations

import pytest

from tests.claims.reported import values

NAMES = (
    "Python 3.11, Python ≥ 3.11 and torch==2.0 and 3.11 or newer",
    "python 3.12 and 1.2.3 and 192.168.0.1 and cuDNN 8.x",
    "the 1.0 release",
    "Table 2, table 7, Fig. 3, pp. 12–19, Section 1.2 and Equation (4)",
    "Step 50 is where it ends. At Step 50, too. Finding 3",
    "RTX 4090, Windows 11, Claude 3.5/3.7, Sonnet 4",
    "type 2 and phase 3",
    "the 8B model, 3B to 8B, 1.5B, the 120M model, 7B-Chat, a 4K screen",
    "a 95% CI, a 95 % confidence interval",
)
QUANTITIES = {
    "only 5, about 5, Only 5 models, The 3 runs": ["5", "5", "5", "3"],
    "at step 50, epoch 10, seed 42": ["50", "10", "42"],
    "Accuracy 73.5 and MMLU 73.5": ["73.5", "73.5"],
    "F1 83.2 and GPT-4 85.4": ["83.2", "85.4"],
    "Step 5 of 12": ["12"],
    "no 5 and It issues 40 warnings": ["5", "40"],
    "GPT-4 100 times": ["100 times"],
    "In March 40 percent": ["40 percent"],
    "8B tokens, $8B, ~3B": ["8B", "$8B", "~3B"],
    "10.26B": ["10.26B"],
    "120M rows": ["120M"],
    "73% of Germany 38%": ["73%", "38%"],
    "1.000.000 rows": ["1.000.000"],
    "a 95% share": ["95%"],
    "Gains 17 Points Over Training In Every Run": ["17"],
}


@pytest.mark.parametrize("value", NAMES)
def test_a_label_is_no_number(value: str) -> None:
    assert values(value) == []


@pytest.mark.parametrize("value", QUANTITIES)
def test_what_looks_like_a_label_may_count(value: str) -> None:
    assert values(value) == QUANTITIES[value]
