"""What is fuzzed: each target takes any bytes, and only an author's mistake may come of them.

A target swallows `Mistake` and its kin (`NotAQuantity`, `UnitClash`, `MissingEvidence`), each of which its callers
turn into a problem or a reason. Whatever else escapes is a bug, and so is a message that cannot be printed.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial

from site_builder.claims.claim import BrokenClaim, Claim, EvidenceLink, Text
from site_builder.claims.reading import read_claim, read_report
from site_builder.claims.unbound import check_prose, check_report
from site_builder.evidence.datapackage import read_package
from site_builder.evidence.loading import Loader
from site_builder.evidence.patterns import compile_pattern
from site_builder.evidence.reader import built_in
from site_builder.evidence.record import MissingEvidence
from site_builder.files import read_file
from site_builder.language.bind import check, cycles_among, names_used, read_expression, read_let
from site_builder.language.syntax import parse
from site_builder.language.working import value_text
from site_builder.problems import Mistake, Place, Problem
from site_builder.quantities.reading import NotAQuantity, Reading, is_missing, read_quantity
from site_builder.quantities.shown import interval_text, number_text, stated_text
from site_builder.quantities.stated import match
from site_builder.quantities.units import UnitClash, read_unit
from site_builder.verdicts.bound import bind as bind_claim
from site_builder.verdicts.exhibits import sheet_json
from site_builder.verdicts.judging import judge as judge_claim
from site_builder.verdicts.probing import probe
from site_builder.verdicts.shelf import Shelf
from tests.fuzz.folders import ROOT, scratch
from tests.fuzz.grown import expression_of
from tests.language.evaluated import Evaluated, locate, untidy_tables

Target = Callable[[bytes], None]
Way = tuple[str, dict[str, object]]
"""A place inside a file, and the options it is read with."""

KNOWN = {"runs": "evidence", "sizes": "evidence", "grid": "evidence", "a": "let"}


@contextmanager
def _only_mistakes() -> Iterator[None]:
    try:
        yield
    except Mistake as mistake:
        _told(mistake.problem)
    except (NotAQuantity, UnitClash, MissingEvidence) as kin:
        _printable(str(kin))


def _told(problem: Problem) -> None:
    assert problem.code[:2] in ("E-", "W-")
    assert problem.message
    _printable(problem.render())
    _printed(problem.to_json())


def _printable(text: str) -> None:
    assert text
    text.encode()


def _printed(value: object) -> None:
    """What goes from one process to another, or into `claims.json`."""
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


# Expressions


def parsed(data: bytes) -> None:
    """The text of an expression."""
    with _only_mistakes():
        parse(_text(data))


def bound(data: bytes) -> None:
    """Lines of `let` values, named a, b, c and so on, checked against what is known."""
    lets = {}
    for name, text in zip("abcdefghij", _text(data).split("\n"), strict=False):
        with _only_mistakes():
            lets[name] = read_let(text, partial(locate, text))
        with _only_mistakes():
            read_expression(text, partial(locate, text))
    for expression in lets.values():
        names_used(expression)
        for problem in check(expression, {**KNOWN, **dict.fromkeys(lets, "let")}):
            _told(problem)
    list(cycles_among(lets))


def evaluated(data: bytes) -> None:
    """An expression over tables with every kind of cell, after lines of `let` values named a, b and c."""
    *lets, text = _text(data).split("\n")[:4]
    with _only_mistakes():
        _evaluate(text, dict(zip("abc", lets, strict=False)))


def grown(data: bytes) -> None:
    """An expression that the bytes choose, part by part, so that most are well formed."""
    with _only_mistakes():
        _evaluate(expression_of(data), {})


def _evaluate(text: str, lets: dict[str, str]) -> None:
    found = Evaluated(_tables(), lets)
    line = found.line(text)
    for shown in (line.expression, *line.filled, line.value, value_text(found.value(text))):
        shown.encode()


_tables = cache(untidy_tables)


# Quantities


def quantity(data: bytes) -> None:
    """A cell or a stated number, and how it is shown again."""
    text = _text(data)
    is_missing(text)
    read_unit(text)
    with _only_mistakes():
        _shown(read_quantity(text))


def stated(data: bytes) -> None:
    """A stated number on the first line, compared with what stands on the second, and both ways round."""
    first, _, second = _text(data).partition("\n")
    with _only_mistakes():
        one, other = read_quantity(first), read_quantity(second)
        for pair in ((one, other), (other, one), (one, one)):
            _compared(*pair)


def _compared(one: Reading, other: Reading) -> None:
    for computed in (other.quantity, other.meant):
        with _only_mistakes():
            found = match(one, computed)
            assert found.outcome in ("matches", "differs", "undecided")
            found.detail.encode()
            stated_text(found.computed, one).encode()


def _shown(reading: Reading) -> None:
    for q in (reading.quantity, reading.meant):
        for text in (number_text(q), interval_text(q), stated_text(q, reading)):
            _printable(text)


# Claims, reports and packages


def claim(data: bytes) -> None:
    """The bytes of a claim's file, read and bound."""
    found, problems = read_claim("claims/a.yaml", "a", data)
    for problem in problems:
        _told(problem)
    if isinstance(found, BrokenClaim):
        assert problems
        return
    for problem in (*check_prose(found), *bind_claim(found).problems):
        _told(problem)


def judged(data: bytes) -> None:
    """The bytes of a claim's file, judged over the shipped evidence."""
    _judged(data, probes=False)


def probed(data: bytes) -> None:
    """The same, and its verdict probed by small changes."""
    _judged(data, probes=True)


def _judged(data: bytes, *, probes: bool) -> None:
    found, _ = read_claim("claims/a.yaml", "a", data)
    if not isinstance(found, Claim):
        return
    shelf = Shelf(Loader(ROOT, _readers()))
    decision, trial = judge_claim(found, shelf)
    _printed(decision)
    if probes and decision["verdict"] != "broken":
        _printed(probe(found, trial, shelf))


def report(data: bytes) -> None:
    """The bytes of a report."""
    found, problems = read_report("claims/a.md", "a", data)
    for problem in (*problems, *(check_report(found) if found else ())):
        _told(problem)


def package(data: bytes) -> None:
    """The bytes of a `datapackage.yaml`, or of a `datapackage.json` where they begin like one."""
    path = f"evidence/datapackage.{'json' if data.startswith(b'{') else 'yaml'}"
    folder = scratch({path: data})
    with _only_mistakes():
        read_package(read_file(folder, path))


# Evidence


def _read(name: str, ways: tuple[Way, ...], data: bytes) -> None:
    """The file after the first byte, which chooses how it is read; every column is typed and shown."""
    inside, options = ways[(data[0] if data else 0) % len(ways)]
    _loaded(name, inside, options, data[1:])


def _loaded(name: str, inside: str, options: dict[str, object], data: bytes) -> None:
    folder = scratch({f"evidence/{name}": data})
    link = EvidenceLink("t", Text(name, Place("claims/a.yaml", 1, 1)), inside, options)
    with _only_mistakes():
        found = Shelf(Loader(folder, _readers())).get(link)
        for column in found.table.names:
            with _only_mistakes():
                typed = found.table.column(column)
                if typed.read is not None:
                    typed.read()
        _printed(sheet_json(found.key, found.evidence, found.head))


_readers = cache(built_in)


def pattern(data: bytes) -> None:
    """A pattern on the first line, and the text it is looked for in."""
    first, _, rest = data.partition(b"\n")
    text = _text(first)
    with _only_mistakes():
        compile_pattern(text)
    _loaded("a.log", "", {"pattern": text}, rest)
    _loaded("a.log", "", {"pattern": "(?P<x>[0-9.]+)", "under": [text]}, rest)
    _loaded("a.csv", "", {"cell": text}, rest)


def place(data: bytes) -> None:
    """A place on the first line, looked for in JSON on the second and in a document below."""
    first, _, rest = data.partition(b"\n")
    second, _, rest = rest.partition(b"\n")
    text = _text(first)
    _loaded("a.json", text, {}, second)
    _loaded("a.md", text, {}, rest)


def packed(data: bytes) -> None:
    """Gzip: the bytes as they are, and the bytes packed."""
    _loaded("a.csv.gz", "", {}, data)
    _loaded("a.csv.gz", "", {}, gzip.compress(data, 1, mtime=0))


_TYPES: dict[str, object] = {"columns": {"a": "quantity", "b": "date"}, "missing": ["n/a"]}
_DELIMITED: tuple[Way, ...] = (
    ("", {}),
    ("", {"delimiter": "tab", "quote": "none"}),
    ("", {"header": "2", "ragged": "pad", "trim": "true"}),
    ("", {"header": "0", "comment": "#", "skip": "1"}),
    ("", {"encoding": "latin-1", "decimal": ","}),
    ("", {"names": ["a", "b"], **_TYPES}),
    ("", {"encoding": "utf-16"}),
    ("", {"names": ["a", "b"], "columns": {"a": "number", "b": "reported"}, "units": {"a": "min", "b": "%"}}),
    ("", {"names": ["a", "b"], "columns": {"a": "truth", "b": "text"}, "cell": "([0-9.]+)"}),
    ("", {"quote": "'", "delimiter": ";", "encoding": "gb18030"}),
)
_NESTED: tuple[Way, ...] = (("", {}), ("$.results[*]", {}), ("$..*", {}), ("$[?@.a > 1]", {}), ("$", _TYPES))
_DOCUMENT: tuple[Way, ...] = (
    ("", {}),
    ("1", {}),
    ("2", {}),
    ("finding", {}),
    ("finding:2", {}),
    ("1", {"header": "2"}),
    ("1", {"names": ["a", "b"], **_TYPES}),
    ("1", {"header": "0", "cell": "([0-9.]+)"}),
)

GROUPS: dict[str, dict[str, Target]] = {
    "parse": {"parsed": parsed, "claim": claim, "report": report, "package": package},
    "bind": {"bound": bound},
    "evaluate": {"evaluated": evaluated, "grown": grown, "judged": judged, "probed": probed},
    "quantities": {"quantity": quantity, "stated": stated},
    "readers": {
        "csv": partial(_read, "a.csv", _DELIMITED),
        "json": partial(_read, "a.json", _NESTED),
        "jsonl": partial(_read, "a.jsonl", _NESTED),
        "yaml": partial(_read, "a.yaml", _NESTED),
        "markdown": partial(_read, "a.md", _DOCUMENT),
        "rst": partial(_read, "a.rst", _DOCUMENT),
        "html": partial(_read, "a.html", _DOCUMENT),
        "text": partial(_read, "a.txt", (*_DOCUMENT, ("", {"format": "csv"}))),
        "pattern": pattern,
        "place": place,
        "packed": packed,
    },
}
"""The targets by what they exercise."""
TARGETS = {name: target for group in GROUPS.values() for name, target in group.items()}
WITH_WAYS = ("csv", "json", "jsonl", "yaml", "markdown", "rst", "html", "text")
"""Targets whose first byte chooses how the rest is read."""
