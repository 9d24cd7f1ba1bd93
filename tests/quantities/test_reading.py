"""The number grammar, as a table: what a person reads in a text, and what is refused."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.quantities.quantity import Quantity
from site_builder.quantities.reading import MISSING, NotAQuantity, Reading, is_missing, read_quantity
from site_builder.quantities.shown import plain_text

READ = """
p < 0.001           | (−∞, 0.001) | 0.001 |
p<.05               | (−∞, 0.05)  | 0.05  |
p = 0.03            | number        | 0.03  |
P-value = 0.03      | number        | 0.03  |
N=10                | number        | 10    |
R² = 0.82           | number        | 0.82  |
r ≈ 0.65            | approximate   | 0.65  |
not less than 5     | [5, ∞)      | 5     |
maximum 5 s         | (−∞, 5]     | 5     | s
2 weeks             | number        | 2     | wk
25 °C               | number        | 25    | °C
73.5                  | number       | 73.5     |
0.015                 | number       | 0.015    |
5.0                   | number       | 5        |
1e-6                  | number       | 1e-6     |
0                     | number       | 0        |
-0                    | number       | 0        |
100%                  | number       | 100      | %
+0.5%                 | number       | 0.5      | %
1,052                 | number       | 1,052    |
3.34x                 | number       | 3.34     | x
38×                   | number       | 38       | x
5X                    | number       | 5        | x
+2.17%                | number       | 2.17     | %
$6.32                 | number       | 6.32     | $
-$5                   | number       | −5       | $
$-5                   | number       | −5       | $
$1.2M                 | number       | 1,200,000 | $
$5/h                  | number       | 5        | $/h
2.21M                 | number       | 2,210,000 |
8B                    | number       | 8,000,000,000 |
10k tokens            | number       | 10,000   | tokens
110 M                 | number       | 110,000,000 |
1.2 million ep        | number       | 1,200,000 | ep
33m                   | number       | 33       | m
33 min                | number       | 33       | min
5 µs                  | number       | 5        | µs
5/s                   | number       | 5        | 1/s
5 %/min               | number       | 5        | %/min
12 tokens per s       | number       | 12       | tokens/s
17 pp                 | number       | 17       | pp
17 percentage points  | number       | 17       | pp
17 % points           | number       | 17       | pp
5 per cent            | number       | 5        | %
5% faster             | number       | 5        | %
2x faster             | number       | 2        | x
2 times as fast       | number       | 2        | x
2-fold                | number       | 2        | x
−5                    | number       | −5       |
–5%                   | number       | −5       | %
**0.082s** (1.00x)    | number       | 0.082    | s
`5`                   | number       | 5        |
__5__ %               | number       | 5        | %
5 (n=10)              | number       | 5        |
1m28.85s              | number       | 88.85    | s
2h 47m                | number       | 167      | min
5 min 30 s            | number       | 330      | s
-1h 30m               | number       | −90      | min
~40%                  | approximate  | 40       | %
~2.5 million          | approximate  | 2,500,000 |
~2h 47m               | approximate  | 167      | min
about 40              | approximate  | 40       |
≈ 5 x                 | approximate  | 5        | x
~0                    | approximate  | 0        |
61-73%                | [61, 73]     | 67       | %
61 – 73 %             | [61, 73]     | 67       | %
40 %–95 %             | [40, 95]     | 67.5     | %
$4-5                  | [4, 5]       | 4.5      | $
$4–$5                 | [4, 5]       | 4.5      | $
1-3 h                 | [1, 3]       | 2        | h
3 h – 5 h             | [3, 5]       | 4        | h
2–3x                  | [2, 3]       | 2.5      | x
4-10x                 | [4, 10]      | 7        | x
-5 to -3              | [−5, −3]     | −4       |
-3-5                  | [−3, 5]      | 1        |
−5–−3                 | [−5, −3]     | −4       |
1.2k-1.5k             | [1,200, 1,500] | 1,350  |
7-13B                 | [7,000,000,000, 13,000,000,000] | 10,000,000,000 |
between 4 and 10x     | [4, 10]      | 7        | x
from 4 to 10          | [4, 10]      | 7        |
~5–7%                 | [5, 7]       | 6        | %
5 ± 0.2               | [4.8, 5.2]   | 5        |
5 +/- 0.2 s           | [4.8, 5.2]   | 5        | s
10,000+               | [10,000, ∞)  | 10,000   |
10,000+ ep            | [10,000, ∞)  | 10,000   | ep
909x+                 | [909, ∞)     | 909      | x
10 min+               | [10, ∞)      | 10       | min
~10,000+              | [10,000, ∞)  | 10,000   |
0+                    | [0, ∞)       | 0        |
≥ 10000               | [10,000, ∞)  | 10,000   |
>=5                   | [5, ∞)       | 5        |
At least 4x           | [4, ∞)       | 4        | x
5 or more             | [5, ∞)       | 5        |
> 5                   | (5, ∞)       | 5        |
more than 20x         | (20, ∞)      | 20       | x
up to 15x             | (−∞, 15]     | 15       | x
≤ 3                   | (−∞, 3]      | 3        |
5 h or less           | (−∞, 5]      | 5        | h
< 0.001               | (−∞, 0.001)  | 0.001    |
<0.1%                 | (−∞, 0.1)    | 0.1      | %
12\u00a0%             | number       | 12       | %
61\u2009–\u200973\u202f% | [61, 73]  | 67       | %
"""

REFUSED = """
1_000            | 2 numbers
١٢٣              | digits other
\uff15           | digits other
5٣               | digits other
1.2.3            | 2 numbers
50/50            | 2 numbers
1/2              | 2 numbers
2025-12-31       | 3 numbers
2 of 3           | 2 numbers
1:30             | 2 numbers
12 000           | 2 numbers
12\u2009000      | 2 numbers
12\u202f000      | 2 numbers
12\u00a0000      | 2 numbers
1'000            | 2 numbers
1.052,5          | 2 numbers
1,05             | 2 numbers
1,0000           | 2 numbers
1 2              | 2 numbers
2*3*4            | 3 numbers
2__3__4          | 3 numbers
10^5             | 2 numbers
2×10^5           | 3 numbers
0x10             | 2 numbers
1h30             | 2 numbers
54% → 37%        | 2 numbers
5 – 3            | 2 numbers
900-1M           | 2 numbers
5k-7             | 2 numbers
2–3–4            | 3 numbers
<5-7             | 2 numbers
5 ± -2           | 2 numbers
5h 3h            | 2 numbers
½                | digits other
1½                 | digits other
2²                 | digits other
38 x y             | more to it
5 kg x             | more to it
two              | no number
inf              | no number
nan              | no number
∞                | no number
n/a              | no number
1e999            | exponent
1e999h 2m        | 2 numbers
v2               | more to it
3rd              | more to it
5 of them        | more to it
5e               | more to it
(5)              | more to it
5†               | more to it
++5              | more to it
>5+              | more to it
10 K             | may be a multiplier or a unit
512 B            | may be a multiplier or a unit
1\\x002          | invisible
\u200f12         | invisible
5\u202e%         | invisible
"""


def _rows(table: str) -> list[list[str]]:
    text = table.replace("\\x00", "\x00")
    return [[cell.strip(" ") for cell in line.split("|")] for line in text.splitlines() if line.strip()]


def _shape(reading: Reading) -> str:
    """`number` and `approximate` by name, anything else by its bounds."""
    q = reading.quantity
    if q.low is None:
        return reading.form
    left = "(" if q.low_open or q.low == -float("inf") else "["
    right = ")" if q.high_open or q.high == float("inf") else "]"
    return f"{left}{plain_text(q.low)}, {plain_text(q.high)}{right}"


@pytest.mark.parametrize(("text", "shape", "nominal", "unit"), _rows(READ))
def test_read(text: str, shape: str, nominal: str, unit: str) -> None:
    reading = read_quantity(text)
    found = _shape(reading), plain_text(reading.quantity.nominal), str(reading.quantity.unit)
    assert found == (shape, nominal, unit)


@pytest.mark.parametrize("text", ["p<0.05", "n = 10%"])
def test_the_symbol_of_a_statistic_makes_no_column_of_labels_one_of_quantities(text: str) -> None:
    assert not read_quantity(text).has_mark


@pytest.mark.parametrize(("text", "why"), _rows(REFUSED))
def test_refused(text: str, why: str) -> None:
    with pytest.raises(NotAQuantity, match=why):
        read_quantity(text)


@pytest.mark.parametrize("text", ["9" * 61, "9" * 200, "1" + ",000" * 40, "9" * 100_000, " " * 300])
def test_what_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(NotAQuantity):
        read_quantity(text)


@pytest.mark.parametrize(
    ("text", "low", "high", "edges"),
    [
        ("38x", "37.5", "38.5", "[)"),
        ("0.35", "0.345", "0.355", "[)"),
        ("1.40", "1.395", "1.405", "[)"),
        ("0.015", "0.0145", "0.0155", "[)"),
        ("-38", "−38.5", "−37.5", "(]"),
        ("0", "−0.5", "0.5", "()"),
        ("2.21M", "2,205,000", "2,215,000", "[)"),
        ("1e-6", "5e-7", "1.5e-6", "[)"),
        ("~40%", "35", "45", "[)"),
        ("~2.5 million", "2,450,000", "2,550,000", "[)"),
        ("909x+", "908.5", "∞", "[]"),
        ("up to 15x", "−∞", "15.5", "[)"),
        ("> 5", "5", "∞", "(]"),
        ("< 0.001", "−∞", "0.001", "[)"),
        ("4-10x", "3.5", "10.5", "[)"),
        ("-5 to -3", "−5.5", "−2.5", "(]"),
        ("5 ± 0.2", "4.75", "5.25", "[)"),
        ("~10,000+", "5,000", "∞", "[]"),
    ],
)
def test_the_last_digit_states_the_precision(text: str, low: str, high: str, edges: str) -> None:
    q = read_quantity(text).reported
    assert (plain_text(q.low, 9), plain_text(q.high, 9)) == (low, high)
    assert (bool(q.low_open), bool(q.high_open)) == (edges[0] == "(", edges[1] == ")")


def test_as_it_stands_only_an_approximate_number_has_bounds() -> None:
    assert read_quantity("0.015").meant.is_exact
    assert read_quantity("~40").meant.low == 35


@pytest.mark.parametrize("text", ["~5", "5+", "> 5", "5%", "+5", "≤ 5", "5-7%", "5 ± 1"])
def test_marks_tell_a_column_of_quantities(text: str) -> None:
    assert read_quantity(text).has_mark


@pytest.mark.parametrize("text", ["5", "-5", "1-3", "5 min", "2h 3m", "$5", "8B"])
def test_a_range_or_a_unit_alone_is_no_mark(text: str) -> None:
    assert not read_quantity(text).has_mark


@pytest.mark.parametrize("text", [*MISSING, " N/A ", "Pending"])
def test_texts_that_say_there_is_no_number(text: str) -> None:
    assert is_missing(text)


def test_a_zero_is_not_missing() -> None:
    assert not is_missing("0")


SCRAPS = st.sampled_from(
    [
        *"0123456789.,+-−–—~<>≥±%$xkMB()*`_ :/^²e…\n\x00",
        "1,000",
        "to ",
        "up to ",
        "million",
        "min",
        "per ",
        "**",
        "()",
    ]
)


@settings(max_examples=300)
@given(parts=st.lists(SCRAPS, max_size=30))
def test_any_text_is_read_or_refused(parts: list[str]) -> None:
    try:
        reading = read_quantity("".join(parts))
    except NotAQuantity:
        return
    for q in (reading.quantity, reading.reported, reading.meant):
        assert isinstance(q, Quantity)
        assert q.lowest <= q.nominal <= q.highest


@pytest.mark.parametrize(
    "text",
    ["1d" + " " * 190 + "x", "-" * 200, "1-" * 100, "1," * 100, "(a)" * 66 + ")", "5" + "(a)" * 60, "*" * 200,
     "5 " + "a " * 99,      "`4—" * 66, "1e3" * 60, "~" * 200, "5x" + " a" * 90, "+" * 200, "1 d 1 h " * 25],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    started = time.perf_counter()
    with suppress(NotAQuantity):
        read_quantity(text)
    assert time.perf_counter() - started < 0.1


@pytest.mark.parametrize("text", ["#N/A", "#N/A N/A", "#NULL!", "#REF!", "#VALUE!"])
def test_an_error_of_a_spreadsheet_is_no_number(text: str) -> None:
    assert is_missing(text)
