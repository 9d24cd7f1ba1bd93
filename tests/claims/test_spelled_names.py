"""Numerals that are part of the spelling of a name, and their nearest neighbours that count."""

from __future__ import annotations

import pytest

from tests.claims.reported import values

NAMES = (
    "v1.2 and Qwen2.5 on H100 with R2, F1 and x86_64",
    "GPT-4, COVID-19, top-1, SHA-256, Llama-3.1-8B-Instruct",
    "the GPT‑5.1 family",
    "4o, 3D, 1080p, 7-Zip, 64-bit, 5-shot",
    "run_7 and coder_3 and x_1",
    "x^2, R^{2}, n**2 and x_{12}",
    "over HTTP/2",
    "issue #318, @2, §4 and №5",
    "in commit 9351f37",
    "a 3x3 kernel, 224×224 and 16 x 3 x 224 x 224",
    "results/2023/run-5.json and ./5/a and data-2.csv and 50.json",
    "use --seed=42 or --4 now",
    "arXiv:1706.03762 and doi:10.1000/182 and localhost:8080",
    "1st, 2nd, 23rd and the 90th percentile",
    "10-fold cross-validation",
)
QUANTITIES = {
    "x10 faster": ["10"],
    "n=100, lr=2e-4, acc:0.93": ["100", "2e-4", "0.93"],
    "sub-10ms": ["10ms"],
    "a 10-fold gain, a 17-point gain": ["10-fold", "17-point"],
    "a 2 x 2 table": ["2 x 2"],
    "3×20 minutes": ["3×20 minutes"],
    "共100人": ["100"],
    "tokens/5 and 4/5 of them, 3:1": ["5", "4/5", "3:1"],
    "_42%_ of it": ["42%"],
}


@pytest.mark.parametrize("value", NAMES)
def test_a_name_with_digits_is_no_number(value: str) -> None:
    assert values(value) == []


@pytest.mark.parametrize("value", QUANTITIES)
def test_what_looks_like_part_of_a_name_may_count(value: str) -> None:
    assert values(value) == QUANTITIES[value]
