"""A function of the language: its parameters, its documentation with a tested example, what it computes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, TypeGuard

from site_builder.language.operands import column_of_items, numeric
from site_builder.language.values import ItemList, Scalar, Unknown, Value, kind_of
from site_builder.problems import Mistake, did_you_mean
from site_builder.quantities.quantity import Quantity
from site_builder.tables import Column, Table

Takes = Literal[
    "column",
    "table",
    "rows",
    "value",
    "number",
    "truths",
    "names",
    "text",
    "flag",
    "choice",
    "tested",
    "sample",
]
_REQUIRED = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, what it takes, its default (required without one) and other names it answers to.

    A flag may answer to names of its `opposite` too, which turn it around.
    """

    name: str
    takes: Takes = "value"
    default: Any = _REQUIRED
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    opposite: tuple[str, ...] = ()

    @property
    def is_required(self) -> bool:
        """Whether a call must give it."""
        return self.default is _REQUIRED

    def __str__(self) -> str:
        if self.is_required:
            return self.name
        default = self.default.data if isinstance(self.default, Scalar) else self.default
        return f"{self.name}={default!r}" if default is not None else f"{self.name}=…"


@dataclass(frozen=True, slots=True)
class Function:
    """A function as `claims help` prints it; `run` gets one argument for each parameter, already checked.

    `example` is an expression over the table ``runs`` of the documentation and what it gives, tested. `unknowns`
    says what missing and bounded cells do; `source` names the work a formula comes from. `takes_several` lets a call
    write a, b, c for the list [a, b, c].
    """

    name: str
    group: str
    summary: str
    parameters: tuple[Parameter, ...]
    run: Callable[..., Value]
    example: tuple[str, str]
    unknowns: str = ""
    source: str = ""
    takes_several: bool = False

    @property
    def signature(self) -> str:
        """How a call is written."""
        inner = ", ".join(str(p) for p in self.parameters)
        return f"{self.name}({inner})"

    def assign(self, positional: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments by parameter name; raises `Mistake` for too many, unknown, doubled or missing ones."""
        given: dict[str, Any] = {}
        if not self.takes_several:
            self._refuse_many(positional)
        for parameter, value in zip(self.parameters, positional, strict=False):
            given[parameter.name] = value
        for name, value in named.items():
            parameter = self._parameter(name)
            if parameter.name in given:
                raise Mistake(
                    "E-CALL", f"{self.name} is given {parameter.name!r} twice", hint=f"write {self.signature}"
                )
            given[parameter.name] = value
        for parameter in self.parameters:
            if parameter.is_required and parameter.name not in given:
                raise Mistake(
                    "E-CALL", f"{self.name} needs {parameter.name!r}", hint=f"write {self.signature}"
                )
        return given

    def _refuse_many(self, positional: tuple[Any, ...]) -> None:
        most = len(self.parameters)
        if len(positional) > most:
            message = f"{self.name} takes at most {most} values, and {len(positional)} are given"
            raise Mistake("E-CALL", message, hint=f"write {self.signature}")

    def _parameter(self, name: str) -> Parameter:
        for parameter in self.parameters:
            if name == parameter.name or name in parameter.also or name in parameter.opposite:
                return parameter
        names = [p.name for p in self.parameters]
        hint = _ELSEWHERE.get(name) or did_you_mean(name, names, "it has ")
        raise Mistake("E-CALL", f"{self.name} has no parameter {name!r}", hint=hint)

    def call(self, positional: tuple[Value, ...], named: Mapping[str, Value]) -> Value:
        """The function's value; raises `Mistake` for arguments of the wrong kind."""
        if self.takes_several and len(positional) > 1 and all(_is_number(v) for v in positional):
            positional = (ItemList(tuple(v for v in positional if isinstance(v, Scalar | Unknown))),)
        self._refuse_many(positional)
        named = {name: self._turned(name, value) for name, value in named.items()}
        given = self.assign(positional, named)
        checked: list[Any] = []
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            checked.append(value if value is parameter.default else _checked(self, parameter, value))
        pairs = zip(self.parameters, checked, strict=True)
        stop = next((v for p, v in pairs if isinstance(v, Unknown) and p.takes in _STRICT), None)
        return stop if stop is not None else self.run(*checked)

    def _turned(self, name: str, value: Value) -> Value:
        """A flag given by the name of its opposite, turned around."""
        if not any(name in p.opposite for p in self.parameters):
            return value
        return replace(value, data=-value.data) if _is_truth(value) else value


def _is_number(value: Value) -> bool:
    return isinstance(value, Unknown) or (isinstance(value, Scalar) and value.kind != "text")


def _is_truth(value: Value) -> TypeGuard[Scalar]:
    return isinstance(value, Scalar) and value.kind == "truth"


DESCENDING = Parameter("descending", "flag", False, also=("desc", "reverse"), opposite=("ascending",))
"""Which end comes first, for functions that put cells in order."""

_ELSEWHERE = {
    **dict.fromkeys(
        ("dropna", "na_rm", "ignore_missing", "skip_missing", "skipna"),
        "leave the missing cells out: table[not missing(column)].column",
    ),
    "alternative": "write p_value(t_test(a, b), alternative=…)",
    "how": "join leaves out rows without a partner; anti_join(left, right, on=…) gives those",
    "weights": "write weighted_mean(column, weights)",
}
"""What other tools' functions take, and what is written here for it."""
_STRICT = {"column", "table", "rows", "number", "tested", "sample"}


def _checked(function: Function, parameter: Parameter, value: Value) -> Any:
    return _CHECKS[parameter.takes](function, parameter, value)


def _wrong(function: Function, parameter: Parameter, wanted: str, value: Value, hint: str = "") -> Mistake:
    message = f"{function.name} takes {wanted} as {parameter.name!r}, and this is {kind_of(value)}"
    return Mistake("E-KIND", message, hint=hint or f"write {function.signature}")


def _column(function: Function, parameter: Parameter, value: Value) -> Any:
    if isinstance(value, ItemList):
        return column_of_items(value, function.name)
    if isinstance(value, Column | Unknown):
        return value
    hint = "name one of its columns, such as table.column" if isinstance(value, Table) else ""
    if isinstance(value, Scalar) and parameter is function.parameters[0]:
        hint = f"write {function.name}([a, b]) for several values"
    raise _wrong(function, parameter, "a column", value, hint)


def _tested(function: Function, parameter: Parameter, value: Value) -> Any:
    """A column, or the statistic of a test."""
    if isinstance(value, Scalar) and value.p_value is not None:
        return value
    return _column(function, parameter, value)


def _sample(function: Function, parameter: Parameter, value: Value) -> Any:
    """A column, or one number as a quantity."""
    if isinstance(value, Scalar) and value.kind == "number":
        return _number(function, parameter, value)
    return _column(function, parameter, value)


def _table(function: Function, parameter: Parameter, value: Value) -> Any:
    if isinstance(value, Table | Unknown):
        return value
    hint = "write the table itself, not one of its columns" if isinstance(value, Column) else ""
    raise _wrong(function, parameter, "a table", value, hint)


def _rows(function: Function, parameter: Parameter, value: Value) -> Any:
    if isinstance(value, ItemList):
        return column_of_items(value, function.name)
    if isinstance(value, Table | Column | Unknown):
        return value
    hint = "it is one number already" if isinstance(value, Scalar) and value.kind == "number" else ""
    raise _wrong(function, parameter, "a table or a column", value, hint)


def _number(function: Function, parameter: Parameter, value: Value) -> Any:
    """One number as a quantity."""
    if isinstance(value, Column):
        raise _wrong(function, parameter, "one number", value)
    if isinstance(value, Scalar) and value.kind == "text" and value.read is None:
        raise _wrong(function, parameter, "one number", value)
    operand = numeric(value, f"{function.name}({parameter.name})")
    if isinstance(operand, Unknown):
        return operand
    return operand.quantity


def _truths(function: Function, parameter: Parameter, value: Value) -> Any:
    is_truth = isinstance(value, Scalar | Column) and value.kind == "truth"
    if is_truth or isinstance(value, Unknown | ItemList):
        return value
    raise _wrong(function, parameter, "something true or false", value, "compare the column with something")


def _names(function: Function, parameter: Parameter, value: Value) -> Any:
    """Column names in quotes, or columns themselves: a tuple of str and Column."""
    if isinstance(value, Column):
        return (value,)
    items = value.items if isinstance(value, ItemList) else (value,)
    if all(isinstance(item, Scalar) and item.kind == "text" for item in items) and items:
        return tuple(item.data for item in items if isinstance(item, Scalar))
    hint = ""
    if parameter.name == "by" and function.parameters[0].takes == "column":
        hint = f'write {function.name}([a, b]) for several values, {function.name}(column, by="group") for groups'
    raise _wrong(function, parameter, "names of columns in quotes", value, hint)


def _text(function: Function, parameter: Parameter, value: Value) -> Any:
    if isinstance(value, Scalar) and value.kind == "text":
        return value.data
    raise _wrong(function, parameter, "a text in quotes", value)


def _flag(function: Function, parameter: Parameter, value: Value) -> Any:
    if isinstance(value, Scalar) and value.kind == "truth" and value.data:
        return value.data == 1
    raise _wrong(function, parameter, "True or False", value)


def _choice(function: Function, parameter: Parameter, value: Value) -> Any:
    text = _text(function, parameter, value)
    if text in parameter.choices:
        return text
    hint = did_you_mean(text, parameter.choices, "one of ")
    raise Mistake("E-CALL", f"{function.name} knows no {parameter.name} {text!r}", hint=hint)


_CHECKS: dict[str, Callable[[Function, Parameter, Value], Any]] = {
    "column": _column,
    "table": _table,
    "rows": _rows,
    "value": lambda function, parameter, value: value,
    "number": _number,
    "truths": _truths,
    "names": _names,
    "text": _text,
    "flag": _flag,
    "choice": _choice,
    "tested": _tested,
    "sample": _sample,
}


def whole(quantity: Quantity, function: str, parameter: str) -> int:
    """An exact whole number, or a `Mistake`."""
    value = quantity.nominal
    if not quantity.is_exact or not isinstance(value, Fraction) or value.denominator != 1:
        message = f"{function} takes a whole number as {parameter!r}"
        raise Mistake("E-KIND", message, hint="write it without bounds or decimals, such as 2")
    return int(value)


def columns_named(table: Table | None, names: tuple[str | Column, ...], function: str) -> tuple[Column, ...]:
    """The columns that names or headings in quotes stand for in `table`, and columns as they are."""
    found = []
    for name in names:
        if isinstance(name, Column):
            found.append(name)
        elif table is None:
            message = f"{function}: the column {name!r} is named, but this is no column of a table"
            raise Mistake("E-KIND", message, hint="give the column itself, such as table.column")
        else:
            found.append(table.titled(name))
    return tuple(found)
