"""What may stand in an expression, and how the rest is refused: code, message, place and next step."""

from __future__ import annotations

import pytest

from site_builder.language.nodes import Binary, Call, Comparison, Name, Number, walk
from site_builder.language.syntax import parse
from site_builder.language.tokens import LONGEST, MOST_NODES
from site_builder.problems import Mistake, Problem


def _refused(text: str) -> Problem:
    with pytest.raises(Mistake) as caught:
        parse(text)
    return caught.value.problem


@pytest.mark.parametrize(
    ("text", "at", "message", "hint"),
    [
        ("", "", "the expression is empty", "what must be true"),
        ("a && b", "&&", "`&&` is not part", "write `and`"),
        ("a & b", "&", "`&` is not part", "write `and`"),
        ("a | b", "|", "`|` is not part", "write `or`"),
        ("!a", "!", "`!` is not part", "write `not`"),
        ("a ^ 2", "^", "`^` is not part", "write `**`"),
        ("a <> b", "<>", "`<>` is not part", "write `!=`"),
        ("(a := 1)", ":=", "`:=` is not part", "in `let`"),
        ("a ? b : c", "?", "`?` is not part", "if condition else"),
        ("a # why", "#", "`#` is not part", "outside the expression"),
        ("a; b", ";", "`;` is not part", "a list of assertions"),
        ("$5", "$", "`$` is not part", 'quantity("$5")'),
        ("~40", "~", "`~` is not part", 'quantity("~40%")'),
        ("{1}", "{", "`{` is not part", "sets and mappings"),
        ("lambda: 1", "lambda", "`lambda` is not part", "cannot be defined"),
        ("sum(x for x in t)", "for", "`for` is not part", "over a column"),
        ("a is b", "is", "`is` is not part", "write =="),
        ("a == None", "None", "`None` is not part", "missing(column)"),
        ("a == true", "true", "`true` is not part", "write True"),
        ("t[class == 1]", "class", "`class` is not part", 'table["class"]'),
        ("10,000", "10,000", "either one number or several", "write 10000"),
        ("1_000", "1_000", "not a decimal number", "without underscores"),
        ("0x10", "0x10", "not a decimal number", ""),
        ("007", "007", "not a decimal number", "no leading zeros"),
        ("1e400", "1e400", "not a decimal number", "exponents up to 300"),
        ("5min", "5min", "not a decimal number", 'quantity("5min")'),
        ('"a" "b"', '"b"', "two texts stand side by side", "a comma"),
        ('"abc', '"abc', "a text that is not closed", 'another "'),
        ("a − b", "−", "does not belong here", "ASCII minus"),
        ("a ≤ b", "≤", "does not belong here", "write <="),
        ("“a”", "“", "does not belong here", "straight quotes"),
        ("é", "é", "does not belong here", "ASCII"),
        ("a\x00b", "\x00", "control character U+0000", "remove it"),
        ('f"a"', 'f"a"', "in plain quotes, without a letter", "leave the letter out"),
        ('b"a"', 'b"a"', "in plain quotes", "leave the letter out"),
        ('r"a"', 'r"a"', "in plain quotes", ""),
        ('t"a"', 't"a"', "in plain quotes", ""),
        ('a + rb "a"', '"a"', "cannot be read near", ""),
        ('"""a"""', '"a"', "side by side", "one quotation mark"),
        (r'"a\d"', r"\d", "has no meaning in a text", "backslash"),
        (r'"\N{BELL}"', r"\N", "has no meaning in a text", "character itself"),
        ('"\\x00"', '"\\x00"', "spells a control character", "the text itself"),
        ("a.__class__", "a.__class__", "is no column", "name of a column"),
        ("__import__(1)", "__import__(1)", "is no name", "names are those"),
        ("t.x.mean()", "t.x.mean()", "only functions of the language", "function(table.column)"),
        ("max(*t)", "max(*t)", "not unpacked with a star", "write each"),
        ("max(a, by=1, by=2)", "max(a, by=1, by=2)", "an argument twice", "once"),
        ("t[1:2]", "t[1:2]", "not sliced by number", "first(…)"),
        ("a = b", "= b", "cannot be read near", "write =="),
        ("max(a", "(a", "cannot be read near", "1 opening and 0 closing parentheses"),
        ("t[a", "[a", "cannot be read near", "1 opening and 0 closing brackets"),
    ],
)
def test_what_does_not_belong_is_refused_at_its_place(text: str, at: str, message: str, hint: str) -> None:
    found = _refused(text)
    assert message in found.message
    assert hint in found.hint
    assert found.place is not None
    assert text[found.place.column - 1 :].startswith(at)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * (LONGEST + 1), "4,001 characters"),
        ("(" * 51 + "1" + ")" * 51, "deeper than 50"),
        ("-" * 51 + "1", "deeper than 50"),
        ("+".join("1" * 52), "deeper than 50"),
        ("[" + ",".join("1" * MOST_NODES) + "]", "more than 500 parts"),
        ("**".join("1" * 52), "deeper than 50"),
    ],
)
def test_a_limit_is_told(text: str, message: str) -> None:
    found = _refused(text)
    assert (found.code, message in found.message) == ("E-LIMIT", True)
    assert "`let`" in found.hint


@pytest.mark.parametrize(
    "text", ["(" * 49 + "1" + ")" * 49, "-" * 48 + "1", "[" + ",".join("1" * (MOST_NODES - 1)) + "]"]
)
def test_what_is_just_within_a_limit_is_read(text: str) -> None:
    assert parse(text) is not None


def test_spans_count_characters_from_the_start_of_the_text() -> None:
    tree = parse('  "é" == name')
    assert isinstance(tree, Comparison)
    assert [node.span for node in tree.operands] == [(2, 5), (9, 13)]


def test_a_line_break_counts_as_a_space() -> None:
    tree = parse("a\n + b")
    assert isinstance(tree, Binary)
    assert tree.right.span == (5, 6)


def test_numbers_are_exact() -> None:
    tree = parse("0.1")
    assert isinstance(tree, Number)
    assert tree.value * 10 == 1


def test_walking_goes_outermost_first() -> None:
    tree = parse("max(a, by=b)")
    assert isinstance(tree, Call)
    assert [n.name for n in walk(tree) if isinstance(n, Name)] == ["a", "b"]
