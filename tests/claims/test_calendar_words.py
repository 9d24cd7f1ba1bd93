"""Dates, times and years."""

from __future__ import annotations

import pytest

from tests.claims.reported import values

WHEN = (
    "2025-12-31, 2025-12, 2025/12/31, 31.12.2025, 12/31/2025, 12/31/25, 20251231",
    "2025-12-31T10:00:00Z and 2025-12-31 10:00 UTC",
    "December 31, 2025; Dec 2025; Dec. 31; 31 December; 31st of December 2025; May 3–5; 3–5 March",
    "at 10:30, 10:30 UTC, 5pm, 5 p.m. and 5:30 pm",
    "Sat Apr 12 19:20:04 2025",
    "in 2020, since 2019, by 2030, until 1998, from 1990 to 2000, between 1990 and 2000, of mid-2020",
    "2019–2021, 2019-20 and 2023/24",
    "the 2016 survey, a 2017 paper, 2019's end",
    "Smith et al. (2017) and Smith, 2017 and (Smith 2017)",
    "the 1990s, the 90s, the mid-90s and '90s",
    "the summer of 1998",
    "© 2018",
    "in 2019, 2020 and 2021",
)
HOW_MANY = {
    "2000 samples and in 2000 cases": ["2000", "2000"],
    "from 1500 to 2000 runs": ["1500", "2000"],
    "a total of 1984": ["1984"],
    "it grew by 2000": ["2000"],
    "scored 2000": ["2000"],
    "2,000 in all": ["2,000"],
    "a 30s timeout": ["30s"],
    "after 1:28 hours": ["1:28 hours"],
    "the range 12-13": ["12-13"],
    "March 40": ["40"],
    "you may 5 times": ["5 times"],
    "20251399": ["20251399"],
    "the 2000 runs": ["2000"],
}


@pytest.mark.parametrize("value", WHEN)
def test_what_says_when_is_no_number(value: str) -> None:
    assert values(value) == []


@pytest.mark.parametrize("value", HOW_MANY)
def test_what_looks_like_a_year_may_count(value: str) -> None:
    assert values(value) == HOW_MANY[value]
