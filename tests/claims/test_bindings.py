"""Bindings in statements and reports."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.claims.bindings import Binding, excerpt, find_bindings
from site_builder.claims.claim import Report, Text
from site_builder.claims.directives import Directive
from site_builder.claims.prose import report_text
from site_builder.problems import Problem


def text(value: str) -> Text:
    return report_text(Report("r", "claims/r.md", "", "", value))


def bindings(value: str) -> list[Binding]:
    found, problems = find_bindings(text(value))
    assert not problems
    return [each for each in found if isinstance(each, Binding)]


def problem(value: str, is_report: bool = False) -> Problem:
    found, problems = find_bindings(text(value), is_report)
    assert not found
    (only,) = problems
    assert only.hint
    return only


SHOWN = {
    "{{ roi }}": ("roi", ""),
    "{{roi}}": ("roi", ""),
    "{{ roi | .2f }}": ("roi", ".2f"),
    "{{ roi|,.0f}}": ("roi", ",.0f"),
    "{{ a/b-c.roi | +.1% }}": ("a/b-c.roi", "+.1%"),
    "{{ roi | .3g }}": ("roi", ".3g"),
    "{{ roi | e }}": ("roi", "e"),
    '{{ runs[kind == "a|b"].x }}': ('runs[kind == "a|b"].x', ""),
    '{{ runs[kind == "}}"].x | .1f }}': ('runs[kind == "}}"].x', ".1f"),
    "{{ it's }}": ("it's", ""),
    "{{ a\nb }}": ("a\nb", ""),
    "{{ a } b }}": ("a } b", ""),
    "*{{ a }}*": ("a", ""),
}


@pytest.mark.parametrize("value", SHOWN)
def test_binding_has_an_expression_and_a_format(value: str) -> None:
    (found,) = bindings(value)
    assert (found.expression.value, found.format) == SHOWN[value]


def test_offsets_are_those_of_the_braces() -> None:
    value = "a {{ b }} c {{ d }}"
    assert [value[found.start : found.end] for found in bindings(value)] == ["{{ b }}", "{{ d }}"]


def test_place_of_an_expression_is_inside_the_braces() -> None:
    (found,) = bindings("first\nsecond {{  roi }}")
    assert str(found.expression.place) == "claims/r.md:2:12"
    assert found.expression.place.width == 3


def test_offset_in_an_expression_over_lines_leads_to_its_line() -> None:
    (found,) = bindings("x {{ a +\n  b }}")
    assert str(found.expression.at(found.expression.value.index("b"))) == "claims/r.md:2:3"


@pytest.mark.parametrize(
    "value", ["`{{ a }}`", "```\n{{ a }}\n```", r"\{{ a }}", "{ a }", "{ { a } }", "a }} b", "``{{ a }} ` ``"]
)
def test_code_and_escaped_braces_are_left_alone(value: str) -> None:
    assert bindings(value) == []


def test_binding_beside_code_is_found() -> None:
    assert [found.expression.value for found in bindings("`{{ a }}` {{ b }} `{{ c }}`")] == ["b"]


def test_escaped_backtick_opens_no_code() -> None:
    assert [found.expression.value for found in bindings(r"\`{{ a }}`")] == ["a"]


MALFORMED = {
    "a {{ b": ("E-BINDING", "this {{ has no }} after it", 3),
    "a {{ b\n\nc }}": ("E-BINDING", "this {{ has no }} after it", 3),
    "a {{ b }": ("E-BINDING", "this {{ has no }} after it", 3),
    "a {{ }}": ("E-BINDING", "nothing stands between {{ and }}", 3),
    "a {{}}": ("E-BINDING", "nothing stands between {{ and }}", 3),
    "a {{ | .2f }}": ("E-BINDING", "nothing stands between {{ and }}", 3),
    "a {{ b | .2q }}": ("E-FORMAT", "'.2q' is not a format", 9),
    "a {{ b | }}": ("E-FORMAT", "no format follows the |", 9),
    "a {{ b | {} }}": ("E-FORMAT", "'{}' is not a format", 9),
    "a {{ b | .999f }}": ("E-FORMAT", "'.999f' is not a format", 9),
    "a {{ b | >9999999 }}": ("E-FORMAT", "'>9999999' is not a format", 9),
    "a {{ " + "b" * 501 + " }}": ("E-BINDING", "more than 500 characters stand between {{ and }}", 3),
    "a {{ claim x }}": ("E-DIRECTIVE", "'claim' is for reports only", 6),
}


@pytest.mark.parametrize("value", MALFORMED)
def test_malformed_binding_is_reported(value: str) -> None:
    found = problem(value)
    assert found.place is not None
    assert (found.code, found.message, found.place.column) == MALFORMED[value]


def test_binding_after_an_open_one_is_found() -> None:
    found, problems = find_bindings(text("{{ a {{ b }}"))
    assert [each.expression.value for each in found if isinstance(each, Binding)] == ["b"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("a/b.roi", ("a/b", "roi")),
        ("a-b.roi", ("a-b", "roi")),
        ("roi", None),
        ("a.b.c", None),
        ("f(a.b)", None),
    ],
)
def test_reference_is_a_claim_and_a_number(inner: str, expected: tuple[str, str] | None) -> None:
    (found,) = bindings(f"x {{{{ {inner} }}}}")
    assert found.reference == expected


@pytest.mark.parametrize("word", ["claim", "corrections", "verdicts", "plot + 1", "table.x", "claim == 1"])
def test_name_that_is_also_a_directive_is_a_binding_in_a_statement(word: str) -> None:
    (found,) = bindings(f"{{{{ {word} }}}}")
    assert found.expression.value == word


def test_report_has_bindings_and_directives_in_their_order() -> None:
    found, problems = find_bindings(text("{{ corrections }}\n\nSaid {{ a/b.n }}.\n\n{{ claim a/b }}\n"), True)
    assert not problems
    assert [type(each) for each in found] == [Directive, Binding, Directive]


def test_excerpt_leads_to_the_same_places_as_the_whole() -> None:
    whole = text("one\ntwo\nthree\nfour")
    part = excerpt(whole, 5, 16)
    assert part.value == whole.value[5:16]
    assert [part.at(offset) for offset in range(1, 11)] == [whole.at(offset) for offset in range(6, 16)]


@settings(deadline=None)
@given(st.text(alphabet="{}\"'|` \nab\\.=", max_size=80), st.booleans())
def test_whatever_is_typed_gives_bindings_or_problems_with_places(value: str, is_report: bool) -> None:
    found, problems = find_bindings(text(value), is_report)
    for each in found:
        assert value[each.start : each.start + 2] == "{{"
        assert value[each.end - 2 : each.end] == "}}"
    for each_problem in problems:
        assert each_problem.place is not None
        assert each_problem.place.text in value.split("\n")


@pytest.mark.parametrize(
    "unit",
    ["{{ ", "{{ a }} ", '{{" ', "{{'", "{{ a }}\n", "\\{{", "{{}", "}}", "{{ a | ", "\n \n{{ a", "{{ a b\n"],
)
def test_a_hundred_thousand_braces_cost_little(unit: str) -> None:
    whole = text(unit * (300_000 // len(unit)))
    started = process_time()
    find_bindings(whole, True)
    assert process_time() - started < 5
