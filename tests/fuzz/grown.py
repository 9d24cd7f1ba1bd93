"""Expressions that grow from bytes: each byte chooses a production, so that a small change makes a small change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from site_builder.language.function import Function, Parameter
from site_builder.language.library import functions

_DEEPEST = 5
_COLUMNS = {
    "grid": ("model", "family", "score", "rough", "steps", "ok", "day", "text_time", "share", "spent"),
    "runs": ("name", "kind", "minutes", "accuracy", "size"),
    "sizes": ("name", "layers"),
    "tiers": ("family", "tier", "score"),
    "empty": ("x", "y"),
    "ties": ("name", "v"),
    "gone": ("x",),
}
_TITLES = tuple(dict.fromkeys(name for names in _COLUMNS.values() for name in names))
_NUMBERS = ("0", "1", "2", "-1", "0.5", "3", "100", "1e300", "1e-300", "7")
_QUANTITIES = (
    *("~40%", "3+", "2 min", "< 5", "1-4", "10,000+", "5 pp", "3x", "2 h 5 min", "$5", "10 MB/s", "0%"),
    *("±3", "1.5k", "n/a", ""),
)
_OPERATORS = ("+", "-", "*", "/", "//", "%", "**")
_COMPARISONS = ("<", "<=", "==", "!=", ">", ">=", "in", "not in")


class _Choices:
    """Bytes as choices, one after another; the first possibility once they run out."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def of(self, possible: Sequence[str]) -> str:
        return possible[self.number(len(possible))]

    def number(self, below: int) -> int:
        value = self.data[self.at] if self.at < len(self.data) else 0
        self.at += 1
        return value % below


def expression_of(data: bytes) -> str:
    """The expression that the bytes choose."""
    return _value(_Choices(data), 0)


def _value(choices: _Choices, depth: int) -> str:
    kinds = _LEAVES if depth >= _DEEPEST else _KINDS
    return kinds[choices.number(len(kinds))](choices, depth + 1)


def _number(choices: _Choices, depth: int) -> str:
    return choices.of(_NUMBERS)


def _column(choices: _Choices, depth: int) -> str:
    table = choices.of(tuple(_COLUMNS))
    return f"{table}.{choices.of(_COLUMNS[table])}"


def _table(choices: _Choices, depth: int) -> str:
    return choices.of(tuple(_COLUMNS))


def _title(choices: _Choices, depth: int) -> str:
    return choices.of(_TITLES)


def _text(choices: _Choices, depth: int) -> str:
    return f'"{choices.of(_TITLES)}"'


def _quantity(choices: _Choices, depth: int) -> str:
    return f'quantity("{choices.of(_QUANTITIES)}")'


def _truth(choices: _Choices, depth: int) -> str:
    return choices.of(("True", "False"))


def _binary(choices: _Choices, depth: int) -> str:
    return f"({_value(choices, depth)} {choices.of(_OPERATORS)} {_value(choices, depth)})"


def _comparison(choices: _Choices, depth: int) -> str:
    return f"({_value(choices, depth)} {choices.of(_COMPARISONS)} {_value(choices, depth)})"


def _logic(choices: _Choices, depth: int) -> str:
    return f"({_value(choices, depth)} {choices.of(('and', 'or'))} {_value(choices, depth)})"


def _unary(choices: _Choices, depth: int) -> str:
    return f"({choices.of(('-', '+', 'not '))}{_value(choices, depth)})"


def _filter(choices: _Choices, depth: int) -> str:
    return f"{_value(choices, depth)}[{_value(choices, depth)}]"


def _attribute(choices: _Choices, depth: int) -> str:
    return f"{_value(choices, depth)}.{choices.of(_TITLES)}"


def _choice(choices: _Choices, depth: int) -> str:
    return f"({_value(choices, depth)} if {_value(choices, depth)} else {_value(choices, depth)})"


def _items(choices: _Choices, depth: int) -> str:
    return f"[{', '.join(_value(choices, depth) for _ in range(choices.number(4)))}]"


def _call(choices: _Choices, depth: int) -> str:
    """A call with the arguments that its parameters take, mostly."""
    function = functions()[choices.of(_names())]
    return f"{function.name}({', '.join(_arguments(function, choices, depth))})"


def _arguments(function: Function, choices: _Choices, depth: int) -> list[str]:
    written: list[str] = []
    for parameter in function.parameters:
        if parameter.is_required:
            written.append(_argument(parameter, choices, depth))
        elif choices.number(3) == 1:
            written.append(f"{parameter.name}={_argument(parameter, choices, depth)}")
    return written


def _argument(parameter: Parameter, choices: _Choices, depth: int) -> str:
    if parameter.choices:
        return f'"{choices.of(parameter.choices)}"'
    makers = _TAKEN.get(parameter.takes, (_value,))
    return makers[choices.number(len(makers))](choices, depth)


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(functions()))


_Maker = Callable[[_Choices, int], str]
_LEAVES: tuple[_Maker, ...] = (_number, _column, _table, _title, _text, _quantity, _truth)
_KINDS: tuple[_Maker, ...] = (
    *_LEAVES,
    *(_column, _column, _binary, _comparison, _logic, _unary, _filter, _attribute, _choice, _items),
    *(_call, _call, _call, _call),
)
_TAKEN: dict[str, tuple[_Maker, ...]] = {
    "column": (_column, _column, _column, _value, _items),
    "table": (_table, _table, _value),
    "rows": (_table, _column, _value),
    "number": (_number, _number, _value),
    "truths": (_comparison, _value),
    "names": (_text, _text, _items, _value),
    "text": (_text, _value),
    "flag": (_truth, _value),
}
