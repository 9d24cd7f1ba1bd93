from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.plots.wording import ELLIPSIS, clipped, printable, shortened, width, wrapped


def test_lines_and_tabs_become_blanks() -> None:
    assert printable("a\n\tb") == "a b"


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert printable("a\ufffeb") == "a\ufffdb"


def test_invisible_characters_are_marked() -> None:
    assert printable("a\u200bb") == "a⟨U+200B⟩b"


def test_broad_letters_are_wider_than_narrow_ones() -> None:
    assert width("WWW") > width("aaa") > width("iii")


def test_full_width_characters_take_a_square() -> None:
    assert width("汉字", 10) >= 20


def test_a_text_that_fits_is_left_whole() -> None:
    assert shortened("abc", 100) == "abc"


def test_a_text_too_long_ends_in_an_ellipsis() -> None:
    assert shortened("abcdefghijklmnop", 50).endswith(ELLIPSIS)


def test_a_text_of_the_most_characters_is_left_whole() -> None:
    assert clipped("abcde", 5) == "abcde"


def test_one_more_character_is_cut() -> None:
    assert clipped("abcdef", 5) == "abcd…"


def test_words_are_kept_whole_where_they_fit() -> None:
    assert wrapped("alpha beta gamma", 60, 3) == ("alpha", "beta", "gamma")


def test_what_exceeds_the_last_line_is_cut() -> None:
    assert wrapped("alpha beta gamma delta", 60, 2)[1].endswith(ELLIPSIS)


def test_an_empty_text_has_no_lines() -> None:
    assert wrapped("", 60, 3) == ()


@given(st.text(), st.floats(20, 400), st.integers(1, 4))
def test_wrapped_lines_keep_to_their_limits(text: str, most: float, lines: int) -> None:
    rows = wrapped(text, most, lines)
    assert len(rows) <= lines
    assert all(width(row) <= most for row in rows)


def test_accents_that_combine_take_no_room() -> None:
    assert width("e\u0301") == width("e")
