"""Projects made up at random: the text of a claim, and of the file it names."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from tests.second_opinion.amounts import Amount, Refused
from tests.second_opinion.claims import reader_of

_PLAIN = st.integers(-3, 9).map(str)
_DECIMALS = st.sampled_from(["0.5", "1.25", "-0.75", "2", "3.0", "0", "7.5"])
_NOTHING = st.sampled_from(["", "n/a"])
_LOOSE = st.sampled_from(
    [
        "~3",
        "~40",
        "1-4",
        "2–2.5",
        "3+",
        "10,000+",
        "< 2",
        "> 5",
        "≥ 1",
        "at most 7",
        "0-1",
        "~0.5",
        "-2",
        "~-3",
        "0",
    ]
)
_SHARES = st.sampled_from(["40%", "~40%", "61-73%", "0%", "92.5%", "< 5%", "50%+", "100%", "~7%"])
_SPANS = st.sampled_from(["5 min", "90 s", "~2 h", "1-2 h", "30 min+", "0.5 h", "< 10 s", "120 s"])
_COLUMNS: dict[str, st.SearchStrategy[str]] = {
    "g": st.sampled_from(["a", "b", "c"]),
    "n": _PLAIN,
    "d": _DECIMALS | _DECIMALS | _NOTHING,
    "q": _LOOSE | _PLAIN,
    "r": _LOOSE | _DECIMALS | _NOTHING,
    "p": _SHARES,
    "m": _SPANS,
    "k": st.sampled_from(["true", "false"]),
    "l": st.sampled_from(["true", "false", ""]),
}
_FAMILIES = {"plain": ["n", "d", "q", "r"], "share": ["p"], "time": ["m"]}
_LITERALS = {
    "plain": st.integers(0, 9).map(str)
    | st.sampled_from(["0.5", "1.25", "(-2)", 'quantity("~3")', 'quantity("2+")']),
    "share": st.sampled_from(
        ['quantity("40%")', 'quantity("~60%")', 'quantity("0%")', 'quantity("50-60%")', "40"]
    ),
    "time": st.sampled_from(
        ['quantity("5 min")', 'quantity("2 h+")', 'quantity("90 s")', "10", 'quantity("0 s")']
    ),
}
_ORDERS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
_families = st.sampled_from(["plain", "plain", "plain", "share", "time"])
_OPTIONS = "{file: t.csv, columns: {d: number, q: quantity, r: %s, p: quantity, m: quantity, l: truth}}"
_OPTIONS_OF_NOTHING = _OPTIONS.replace("d:", "n: number, k: truth, d:")


@dataclass(frozen=True)
class Project:
    """A claim and its one file, as texts."""

    claim: str
    table: str


@st.composite
def _cell(draw: st.DrawFn, before: str, family: str) -> str:
    """A number in each row: a column, or arithmetic on two of them."""
    first = before + draw(st.sampled_from(_FAMILIES[family]))
    if draw(st.integers(0, 2)):
        return first
    if draw(st.booleans()):
        return f"abs({first})" if draw(st.booleans()) else f"(-{first})"
    op = draw(st.sampled_from(["+", "-", "*", "/"]))
    if op in "+-":
        other = draw(st.sampled_from([before + c for c in _FAMILIES[family]]) | _LITERALS[family])
    else:
        other = draw(st.sampled_from([before + "n", before + "q", "2", "(-1)"]))
    return f"({first} {op} {other})"


@st.composite
def _condition(draw: st.DrawFn, before: str, depth: int = 2) -> str:
    """A truth in each row."""
    if depth and draw(st.integers(0, 2)) == 0:
        if draw(st.integers(0, 3)) == 0:
            return f"(not {draw(_condition(before, depth - 1))})"
        op = draw(st.sampled_from(["and", "or"]))
        return f"({draw(_condition(before, depth - 1))} {op} {draw(_condition(before, depth - 1))})"
    way = draw(st.integers(0, 9))
    if way == 0:
        return before + draw(st.sampled_from(["k", "l"]))
    if way == 1:
        return f'{before}g {draw(st.sampled_from(["==", "!="]))} "{draw(st.sampled_from("abcz"))}"'
    if way == 2:
        return f'{before}g in ["a", "{draw(st.sampled_from("bc"))}"]'
    if way == 3:
        return f"missing({before}{draw(st.sampled_from(['d', 'r', 'n', 'l']))})"
    family = draw(_families)
    left, right = draw(_cell(before, family)), draw(_LITERALS[family] | _cell(before, family))
    if way == 4:
        return f"between({left}, {right}, {draw(_LITERALS[family])})"
    return f"{left} {draw(_ORDERS)} {right}"


@st.composite
def _view(draw: st.DrawFn) -> str:
    """Rows: all of them, those of a `let`, or those that a filter keeps."""
    way = draw(st.integers(0, 5))
    return "u" if way == 0 else "t" if way < 3 else f"t[{draw(_condition(''))}]"


_SUMMARIES = st.sampled_from(["sum", "mean", "min", "max", "median"])


@st.composite
def _summary(draw: st.DrawFn, family: str) -> str:
    view = draw(_view())
    cells = draw(_cell(f"{view}.", family))
    name = draw(_SUMMARIES)
    way = draw(st.integers(0, 9))
    if way == 0 and family == "plain":
        return f"count({draw(st.sampled_from([view, cells]))})"
    if way == 1 and family == "plain":
        return f"sum({draw(_condition(view + '.'))})"
    if way == 2 and family == "share":
        return f"mean({draw(_condition(view + '.'))})"
    if way == 3:
        return f'{name}({cells}, by="g")["{draw(st.sampled_from("ab"))}"]'
    if way == 4:
        return f'{draw(_SUMMARIES)}({name}({cells}, by="g"))'
    if way == 5:
        return (
            f'one({view}[g == "{draw(st.sampled_from("abc"))}"]).{draw(st.sampled_from(_FAMILIES[family]))}'
        )
    if way == 7 and draw(st.booleans()):
        return f"{draw(st.sampled_from(['first', 'last']))}({cells})"
    if way == 6:
        other = draw(_cell(f"{view}.", family) | _LITERALS[family])
        return f"{name}(where({draw(_condition(view + '.', 1))}, {cells}, {other}))"
    return f"{name}({cells})"


@st.composite
def _number(draw: st.DrawFn, family: str, depth: int = 2) -> str:
    way = draw(st.integers(0, 11 if depth else 5))
    if way == 0:
        return draw(_LITERALS[family])
    if way == 1:
        return {"plain": "v", "share": "s", "time": "w"}[family]
    if way < 6:
        return draw(_summary(family))
    left = draw(_number(family, depth - 1))
    if way in (6, 7):
        return f"({left} {draw(st.sampled_from('+-'))} {draw(_number(family, depth - 1))})"
    if way == 8:
        return f"({left} {draw(st.sampled_from('*/'))} {draw(_number('plain', depth - 1))})"
    if way == 9:
        return f"round({left}{draw(st.sampled_from(['', ', 1', ', -1']))})"
    if way == 10:
        return f"({left} if {draw(_truth(1))} else {draw(_number(family, depth - 1))})"
    return f"(-{left})"


@st.composite
def _quotient(draw: st.DrawFn) -> str:
    """Two numbers of one kind, as people set them against each other."""
    family = draw(_families)
    left, right = draw(_number(family, 1)), draw(_number(family, 1))
    ways = ["ratio({0}, {1})", "change({0}, {1})", "{0} / {1}", "{0} / ({1} + {0})", "{0} - {1}"]
    if family == "share":
        ways.append("points({0}, {1})")
    return draw(st.sampled_from(ways)).format(left, right)


@st.composite
def _truth(draw: st.DrawFn, depth: int = 2) -> str:
    way = draw(st.integers(0, 11))
    if way == 10:
        loose = draw(st.sampled_from(["", ", strict=False"]))
        trend, name = draw(st.sampled_from(["increasing", "decreasing"])), draw(st.sampled_from("ndqrpm"))
        return f"{trend}({draw(_view())}.{name}{loose})"
    if way == 11:
        family = draw(_families)
        within = draw(_LITERALS[family] | st.sampled_from(['quantity("10%")', 'quantity("50%")']))
        return f"approx({draw(_number(family, 1))}, {draw(_number(family, 1))}, within={within})"
    if depth and way == 0:
        return f"(not {draw(_truth(depth - 1))})"
    if depth and way in (1, 2):
        return f"({draw(_truth(depth - 1))} {draw(st.sampled_from(['and', 'or']))} {draw(_truth(depth - 1))})"
    if way in (3, 4):
        view = draw(_view())
        return f"{draw(st.sampled_from(['all', 'any', 'none']))}({draw(_condition(view + '.'))})"
    if way == 5:
        family = draw(_families)
        summary = f'{draw(_SUMMARIES)}({draw(_cell("t.", family))}, by="g")'
        return f"{draw(st.sampled_from(['all', 'any']))}({summary} {draw(_ORDERS)} {draw(_LITERALS[family])})"
    if way == 6:
        left = draw(_number(draw(_families), 1))
        right = left.replace(draw(_SUMMARIES), draw(_SUMMARIES), 1)
        return f"{left} {draw(_ORDERS)} {right}"
    if way == 7:
        bound = draw(st.sampled_from(["1", "0", 'quantity("50%")', 'quantity("2x")', 'quantity("10 pp")']))
        return f"({draw(_quotient())}) {draw(_ORDERS)} {bound}"
    family = draw(_families)
    odd = draw(_families) if draw(st.integers(0, 19)) == 0 else family
    if way == 8:
        return f"{draw(_number(family, 1))} < {draw(_number(family, 1))} <= {draw(_number(odd, 1))}"
    return f"{draw(_number(family))} {draw(_ORDERS)} {draw(_number(odd))}"


_UNITS = {"%": "%", "pp": " pp", "x": "x", "min": " min", "s": " s", "h": " h"}
_SAYINGS = ["{}", "{}", "{}", "~{}", "{}+", "up to {}", "at least {}", "more than {}", "less than {}"]


@st.composite
def _stated(draw: st.DrawFn, computed: str, table: str, lets: str) -> str:
    """A figure near what the second opinion computes, at some precision."""
    try:
        value = reader_of(
            f"evidence: {{t: {_options(table)}}}\nlet: {lets}", {"t.csv": table.split("\n", 1)[1]}
        ).value(computed)
    except Refused:
        value = None
    middle, unit = (value.middle, value.unit.only) if isinstance(value, Amount) else (Fraction(3), "")
    if (
        isinstance(value, Amount)
        and not value.unit.powers
        and value.unit.sort != "bare"
        and draw(st.booleans())
    ):
        middle, unit = middle * 100, "%"
    if draw(st.integers(0, 9)) == 0:
        unit = draw(st.sampled_from(["", "%", "x", "min", "pp"]))
    places = draw(st.integers(0, 2))
    steps = round(middle * 10**places) + draw(st.sampled_from([0, 0, 0, 0, 1, -1, 5]))
    sign, size = ("-" if steps < 0 else ""), abs(steps)
    digits = f"{size // 10**places:,}" + (f".{size % 10**places:0{places}d}" if places else "")
    if not sign and draw(st.integers(0, 5)) == 0:
        return f"{digits}-{size // 10**places + draw(st.integers(1, 4))}{_UNITS.get(unit, '')}"
    return draw(st.sampled_from(_SAYINGS)).format(f"{sign}{digits}{_UNITS.get(unit, '')}")


def _options(table: str) -> str:
    """What is declared of the columns: those that show it themselves need not say it."""
    kind, _, *rows = table.split("\n")
    return (_OPTIONS if any(rows) else _OPTIONS_OF_NOTHING) % kind


@st.composite
def _parts(draw: st.DrawFn, table: str, lets: str, indent: str) -> str:
    lines = []
    asserted = draw(st.lists(_truth(), max_size=2))
    if asserted:
        lines += ["assertion:", *(f"  - '{text}'" for text in asserted)]
    numbers = draw(
        st.lists(_quotient() | _families.flatmap(_number), min_size=0 if asserted else 1, max_size=2)
    )
    if numbers:
        lines.append("numbers:")
    for at, text in enumerate(numbers):
        stated = draw(_stated(text, table, lets))
        lines.append(f"  z{at}: {{stated: '{stated}', computed: '{text}'}}")
    return "".join(f"{indent}{line}\n" for line in lines)


@st.composite
def projects(draw: st.DrawFn, least: int = 0) -> Project:
    """A claim over a table of up to five rows."""
    count = draw(st.sampled_from([n for n in (0, 1, 2, 3, 3, 4, 4, 5) if n >= least]))
    drawn = [[draw(cells) for cells in _COLUMNS.values()] for _ in range(count)]
    rows = [
        ",".join(_COLUMNS),
        *(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in drawn),
    ]
    kind = draw(st.sampled_from(["quantity", "reported"]))
    table = kind + "\n" + "\n".join(rows) + "\n"
    view, plain = draw(_condition("")), draw(_summary("plain") | st.sampled_from(["~3", "12", "5–9"]))
    share = draw(st.sampled_from(["~40%", "50%", "max(t.p)", "mean(t.k)"]))
    span = draw(st.sampled_from(["~2 h", "5 min", "sum(t.m)"]))
    lets = f"{{u: 't[{view}]', v: '{plain}', s: '{share}', w: '{span}'}}"
    head = f"title: A claim\nstatement: Something is so.\nevidence: {{t: {_options(table)}}}\nlet: {lets}\n"
    claim = head + draw(_parts(table, lets, ""))
    if draw(st.integers(0, 3)) == 0:
        claim += "correction:\n  statement: It is otherwise.\n  reason: It was read wrongly.\n"
        claim += draw(_parts(table, lets, "  "))
    return Project(claim, table.split("\n", 1)[1])
