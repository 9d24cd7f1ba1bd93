"""A plot's specification and its table become the points, axes and marks that are drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from site_builder.claims.claim import Mark, PlotSpec, Text
from site_builder.evidence.record import Evidence
from site_builder.figures import AxisJson, MarkJson, PlotJson, PointJson, SeriesJson
from site_builder.language.evaluate import Evaluator
from site_builder.language.functions.fits import intercept, power_law, slope
from site_builder.language.operators import as_numbers
from site_builder.language.values import Scalar, Unknown, Value, kind_of
from site_builder.language.working import as_float, cell_text
from site_builder.problems import Mistake
from site_builder.tables import Column, Table
from site_builder.verdicts.bound import Bound
from site_builder.verdicts.exhibits import declared_of

MOST_POINTS = 20_000


class Plotter:
    """Makes one plot's data with the claim's evaluator; raises `Mistake` placed at the text at fault."""

    def __init__(
        self, spec: PlotSpec, bound: Bound, evaluator: Evaluator, loaded: Mapping[str, Evidence]
    ) -> None:
        self.spec, self.bound, self.evaluator, self.loaded = spec, bound, evaluator, loaded
        self.table = self._table()

    def _table(self) -> Table:
        expression = self.bound.over(self.spec.data)
        assert expression is not None
        value = self.evaluator.value(expression)
        if isinstance(value, Unknown):
            return Table("no data", 0, {}, 0)
        if not isinstance(value, Table):
            raise Mistake(
                "E-KIND",
                f"a plot draws a table, and this is {kind_of(value)}",
                _place(self.spec.data),
                "name evidence or a filter of it",
            )
        if value.rows > MOST_POINTS:
            message = f"a plot of {value.rows:,} rows; at most {MOST_POINTS:,} are drawn"
            raise Mistake("E-LIMIT", message, _place(self.spec.data), "summarise or filter the rows first")
        return value

    def plot(self) -> PlotJson:
        """The plot as plain data."""
        spec = self.spec
        x = self._column(spec.x)
        ys = [self._column(text) for text in spec.y]
        series = self._series(x, ys)
        return PlotJson(
            name=spec.name,
            kind=spec.kind.value,
            title=spec.title.value if spec.title else "",
            caption=spec.caption.value if spec.caption else "",
            alt=spec.alt.value,
            log=spec.log,
            x=self._axis(spec.x, [x]),
            y=self._axis(spec.y[0] if len(spec.y) == 1 else None, ys),
            value_label=self._label(spec.value) if spec.value else "",
            series=series,
            marks=[m for mark in spec.marks for m in self._mark(mark, x, ys)],
        )

    def _column(self, text: Text | None) -> Column | None:
        """The column a text names or computes; a column's heading in the file will do too."""
        if text is None or not self.table.makers:
            return None
        for name in self.table.names:
            if text.value in (name, self.table.title(name)):
                return self.table.column(name)
        expression = self.bound.over(text)
        assert expression is not None
        value = self.evaluator.value_over(expression, self.table)
        if isinstance(value, Column) and len(value) == self.table.rows:
            return value
        raise Mistake(
            "E-KIND", f"a plot takes a column of its data here, and this is {kind_of(value)}", _place(text)
        )

    def _label(self, text: Text | None) -> str:
        if text is None:
            return ""
        if text.value not in self.table.names:
            return text.value
        declared = declared_of(self.table.column(text.value), self.loaded)
        return (declared.title if declared else "") or self.table.title(text.value)

    def _axis(self, text: Text | None, columns: Sequence[Column | None]) -> AxisJson:
        known = [c for c in columns if c is not None]
        unit = str(known[0].unit) if known and all(c.unit == known[0].unit for c in known) else ""
        categories: list[str] | None = None
        if known and known[0].kind != "number":
            categories = list(dict.fromkeys(cell_text(c, i) for c in known for i in range(len(c))))
        return AxisJson(label=self._label(text), unit=unit, categories=categories)

    def _series(self, x: Column | None, ys: list[Column | None]) -> list[SeriesJson]:
        """One series a y column, or one a value of `color`."""
        if x is None or not ys:
            return []
        colours = self._texts(self.spec.color)
        labels = self._texts(self.spec.label)
        values = self._column(self.spec.value)
        series: dict[str, list[PointJson]] = {}
        for text, y in zip(self.spec.y, ys, strict=True):
            if y is None:
                continue
            for row in range(len(x)):
                parts = [colours[row]] if colours else []
                name = " · ".join([*([self._label(text)] if len(ys) > 1 else []), *parts])
                label = labels[row] if labels else ""
                series.setdefault(name, []).append(_point(x, y, values, row, label))
        return [SeriesJson(name=name, points=points) for name, points in series.items()]

    def _texts(self, text: Text | None) -> list[str]:
        column = self._column(text)
        return [] if column is None else [cell_text(column, row) for row in range(len(column))]

    def _mark(self, mark: Mark, x: Column | None, ys: list[Column | None]) -> list[MarkJson]:
        text = mark.text.value if mark.text else ""
        if mark.kind in ("hline", "vline"):
            kind: Literal["hline", "vline"] = "hline" if mark.kind == "hline" else "vline"
            return [_line_mark(kind, self._number(mark), text)]
        return self._fits(mark, x, ys, text)

    def _number(self, mark: Mark) -> float | None:
        expression = self.bound.over(mark.value)
        assert expression is not None
        value = (
            self.evaluator.value_over(expression, self.table)
            if self.table.makers
            else self.evaluator.value(expression)
        )
        if isinstance(value, Unknown):
            return None
        if isinstance(value, Scalar) and value.kind == "number":
            return as_float(value.data.nominal)
        raise Mistake(
            "E-KIND", f"a line stands at one number, and this is {kind_of(value)}", _place(mark.value)
        )

    def _fits(self, mark: Mark, x: Column | None, ys: list[Column | None], text: str) -> list[MarkJson]:
        """A fitted curve for each series; none where a fit is undefined, as with bounds or zeros."""
        if x is None:
            return []
        colours = self._texts(self.spec.color)
        found: list[MarkJson] = []
        for y_text, y in zip(self.spec.y, ys, strict=True):
            if y is None:
                continue
            for colour in dict.fromkeys(colours) if colours else [None]:
                rows = np.array([i for i in range(len(x)) if colour is None or colours[i] == colour])
                name = " · ".join(
                    [*([self._label(y_text)] if len(ys) > 1 else []), *([colour] if colour else [])]
                )
                fit = _fitted(mark.value.value, x.take(rows), y.take(rows))
                if fit is not None:
                    found.append(_fit_mark(mark.value.value, *fit, text, name))
        return found


def _fitted(kind: str, x: Column, y: Column) -> tuple[float, float] | None:
    """The parameters (a, b) of y = a·x^b or y = a + b·x, None where they are not known."""
    try:
        if kind == "power_law":
            return power_law_parameters(x, y)
        first, second = intercept(x, y), slope(x, y)
    except Mistake:
        return None
    a, b = (_single(v) for v in (first, second))
    return (a, b) if a is not None and b is not None else None


def power_law_parameters(x: Column, y: Column) -> tuple[float, float] | None:
    """(a, b) of the least-squares line on log-log axes, y = a·x^b."""
    b = _single(power_law(x, y))
    if b is None:
        return None
    across, up = (_mean_log(as_numbers(c, "fit").data.nominal.astype(float).tolist()) for c in (x, y))
    return math.exp(up - b * across), b


def _mean_log(values: list[float]) -> float:
    """The mean of the logarithms; not numpy's, whose last digit depends on the processor."""
    return math.fsum(map(math.log, values)) / len(values)


def _single(value: Value) -> float | None:
    return (
        as_float(value.data.nominal)
        if isinstance(value, Scalar) and value.kind == "number" and not value.data.is_censored
        else None
    )


def _line_mark(kind: Literal["hline", "vline"], value: float | None, text: str) -> MarkJson:
    return MarkJson(kind=kind, value=value, a=None, b=None, text=text, series="")


def _fit_mark(kind: str, a: float, b: float, text: str, series: str) -> MarkJson:
    drawn: Literal["power_law", "linear"] = "power_law" if kind == "power_law" else "linear"
    return MarkJson(kind=drawn, value=None, a=a, b=b, text=text, series=series)


def _point(x: Column, y: Column, values: Column | None, row: int, label: str) -> PointJson:
    across, x_low, x_high = _coordinate(x, row)
    up, y_low, y_high = _coordinate(y, row)
    shown = _coordinate(values, row)[0] if values is not None else None
    return PointJson(
        x=across,
        y=up,
        x_low=x_low,
        x_high=x_high,
        y_low=y_low,
        y_high=y_high,
        censored=_censored(y, row),
        label=label,
        value=shown if isinstance(shown, float) else None,
        text=_value_text(values, row) if values is not None else cell_text(y, row),
    )


def _value_text(column: Column, row: int) -> str:
    is_unknown = column.unknown is not None and bool(column.unknown[row])
    if is_unknown or (column.kind == "text" and not str(column.data[row]).strip()):
        return ""
    from site_builder.quantities.shown import unit_suffix

    return cell_text(column, row) + (unit_suffix(str(column.unit)) if column.kind == "number" else "")


def _coordinate(column: Column, row: int) -> tuple[float | str | None, float | None, float | None]:
    if column.unknown is not None and column.unknown[row]:
        return None, None, None
    if column.kind != "number":
        return cell_text(column, row), None, None
    q = column.data.take(row)
    bounds = (None, None) if q.is_exact else (as_float(q.low), as_float(q.high))
    return as_float(q.nominal), *bounds


def _censored(column: Column, row: int) -> Any:
    if (
        column.kind != "number"
        or column.data.is_exact
        or (column.unknown is not None and column.unknown[row])
    ):
        return ""
    q = column.data.take(row)
    return "high" if as_float(q.high) is None else "low" if as_float(q.low) is None else ""


def _place(text: Text) -> Any:
    return text.at(0, max(1, len(text.value)))
