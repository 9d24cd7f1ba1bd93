"""The outcome of each assertion and each number, with its working and its cells."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from site_builder.language.bind import Expression
from site_builder.language.evaluate import Evaluator
from site_builder.language.operators import as_numbers
from site_builder.language.summarising import obstacle
from site_builder.language.syntax import Name, Node, walk
from site_builder.language.values import Scalar, Unknown, Value, kind_of
from site_builder.language.working import Line, as_float, working
from site_builder.problems import Mistake, Place
from site_builder.quantities.quantity import Quantity
from site_builder.quantities.shown import digits_needed, interval_text, number_text, stated_text
from site_builder.quantities.stated import Match, match
from site_builder.quantities.units import BARE, PERCENT, PP, PURE, UnitClash
from site_builder.tables import NO_CELLS, Column, Table
from site_builder.verdicts.bound import BoundNumber
from site_builder.verdicts.decision import AssertionJson, NumberJson, ReadingJson, Reason, Step
from site_builder.verdicts.operands import operands
from site_builder.verdicts.provenance import MOST_LISTED, cell_uses
from site_builder.verdicts.readings import Pair, readings, relative_change


class Judge:
    """Judges the parts of one claim with one evaluator.

    `awaited` replaces the reason of what is unknown; `listed` is how many cells of a column are listed one by one.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        awaited: str = "",
        shows_working: bool = True,
        listed: int = MOST_LISTED,
    ) -> None:
        self.evaluator, self.awaited, self.shows_working, self.listed = (
            evaluator,
            awaited,
            shows_working,
            listed,
        )
        self._let_lines: dict[str, Line] = {}

    def assertion(self, expression: Expression) -> AssertionJson:
        """The outcome of one assertion; raises `Mistake` when it is not something true or false."""
        value = self.evaluator.value(expression)
        if isinstance(value, Unknown):
            value = Scalar("truth", 0, value.cells, value.reason, value.detail)
        if not isinstance(value, Scalar) or value.kind != "truth":
            hint = (
                "say all(…), any(…) or none(…) of the column"
                if isinstance(value, Column)
                else "compare it with something"
            )
            raise Mistake("E-KIND", f"an assertion is true or false, and this is {kind_of(value)}", expression.locate(
                0, max(1, len(expression.text.rstrip()))
            ), hint)  # fmt: skip
        outcome = {1: "true", -1: "false", 0: "unknown"}[int(value.data)]
        return AssertionJson(
            expression=" ".join(expression.text.split()),
            outcome=outcome,  # type: ignore[typeddict-item]
            reason=self._reason(value.reason) if outcome == "unknown" else None,
            detail=_joined(self._detail(value.detail, outcome == "unknown"), self._left_out(expression)),
            steps=self.steps("", expression, value),
            cells=cell_uses([value.cells], self.listed),
        )

    def number(self, number: BoundNumber) -> NumberJson:
        """The outcome of one stated number; raises `Mistake` when it cannot be compared."""
        value = self.evaluator.value(number.computed)
        try:
            quantity = self._quantity(value, number)
        except Mistake as mistake:
            problem = mistake.problem
            place = problem.place or _whole(number)
            raise Mistake(problem.code, problem.message, place, problem.hint) from None
        if isinstance(quantity, Unknown):
            return self._undecided(number, quantity)
        try:
            found = match(number.stated, quantity)
        except UnitClash as clash:
            raise self._clash(number, quantity, clash) from None
        self._ask_if_fraction(number, quantity, found)
        pair = self._pair(number, found)
        found = _with_gap(number, _with_change(number, found, pair))
        return self._number_json(number, value, found, readings(number.stated, pair) if pair else [])

    def _ask_if_fraction(self, number: BoundNumber, quantity: Quantity, found: Match) -> None:
        """Refuse to guess where a bare number differs as a percentage and matches as a fraction."""
        is_bare = not quantity.unit.parts and quantity.unit.kind == "bare"
        if found.outcome != "differs" or not is_bare or number.stated.quantity.unit not in (PERCENT, PP):
            return
        if match(number.stated, replace(quantity, unit=PURE)).outcome != "matches":
            return
        plain = number_text(replace(quantity, unit=BARE))
        message = (
            f"{number.stated.text!r} is stated, and {plain} has no unit: is it a fraction, or in per cent?"
        )
        hint = "declare the column's unit, `units: {column: '1'}` for a fraction or '%', or write ratio(…, 1)"
        raise Mistake("E-UNIT", message, _whole(number), hint)

    def _quantity(self, value: Value, number: BoundNumber) -> Quantity | Unknown:
        """The computed quantity; a column of them only where a bound or a range was stated."""
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Scalar) and value.kind == "text" and value.read is not None:
            value = value.read()
        if isinstance(value, Scalar) and value.kind == "number":
            return value.data  # type: ignore[no-any-return]
        if isinstance(value, Column) and value.kind != "truth":
            return self._column(value, number)
        hint = (
            "use mean(…) for a share"
            if isinstance(value, Column | Scalar) and value.kind == "truth"
            else "compute one number"
        )
        raise self._wrong_kind(number, kind_of(value), hint)

    def _column(self, column: Column, number: BoundNumber) -> Quantity | Unknown:
        if number.stated.form in ("number", "approximate"):
            raise self._wrong_kind(
                number, kind_of(column), "take one value of it: max(…), mean(…), or state a range or a bound"
            )
        numbers = as_numbers(column, f"number {number.name}")
        stop = obstacle(numbers, f"number {number.name}")
        if stop is not None:
            return stop
        return numbers.data  # type: ignore[no-any-return]

    def _wrong_kind(self, number: BoundNumber, kind: str, hint: str) -> Mistake:
        message = f"the stated number {number.name!r} is compared with {kind}"
        return Mistake("E-KIND", message, _whole(number), hint)

    def _clash(self, number: BoundNumber, quantity: Quantity, clash: UnitClash) -> Mistake:
        unit = str(quantity.unit) or "no unit"
        message = f"{number.stated.text!r} is stated, and the computed value is in {unit}: {clash}"
        hint = "state or compute the number in a unit that measures the same"
        return Mistake("E-UNIT", message, _whole(number), hint)

    def _undecided(self, number: BoundNumber, unknown: Unknown) -> NumberJson:
        return NumberJson(
            name=number.name,
            stated=number.stated.text,
            expression=" ".join(number.computed.text.split()),
            computed=None,
            low=None,
            high=None,
            unit=str(number.stated.quantity.unit),
            shown="unknown",
            outcome="undecided",
            reason=self._reason(unknown.reason),
            detail=self._detail(unknown.detail, True),
            readings=[],
            steps=self.steps(number.name, number.computed, unknown),
            cells=cell_uses([unknown.cells], self.listed),
        )

    def _number_json(
        self, number: BoundNumber, value: Value, found: Match, other: list[ReadingJson]
    ) -> NumberJson:
        q = found.computed
        cells = value.cells if isinstance(value, Scalar | Column) else NO_CELLS
        is_column = isinstance(value, Column)
        has_point = not is_column and (q.is_exact or not (q.is_censored and found.outcome == "undecided"))
        return NumberJson(
            name=number.name,
            stated=number.stated.text,
            expression=" ".join(number.computed.text.split()),
            computed=as_float(q.nominal) if has_point else None,
            low=as_float(q.lowest),
            high=as_float(q.highest),
            unit=str(q.unit) or str(number.stated.quantity.unit),
            shown=interval_text(q) if is_column else shown_like(q, number),
            outcome=found.outcome,
            reason=self._reason(found.reason) if found.reason else None,
            detail=_joined(self._detail(found.detail, bool(found.reason)), self._left_out(number.computed)),
            readings=other,
            steps=self.steps(number.name, number.computed, value),
            cells=cell_uses([cells], self.listed),
        )

    def _reason(self, reason: str) -> Reason:
        return "awaited" if self.awaited else reason  # type: ignore[return-value]

    def _detail(self, detail: str, is_open: bool) -> str:
        return f"awaits {self.awaited}" if is_open and self.awaited else detail

    def _left_out(self, expression: Expression) -> str:
        """A sentence on rows that filters dropped because the cell they look at is missing."""
        counts: dict[str, int] = {}
        trees = [expression.node, *(self.evaluator.lets[let].node for let in self._lets_below(expression))]
        for node in (n for tree in trees if tree is not None for n in walk(tree)):
            value = self.evaluator.trace.get(id(node))
            if isinstance(value, Table) and value.left_out:
                counts[value.name] = max(value.left_out, counts.get(value.name, 0))
        said = [f"{count:,} {'row' if count == 1 else 'rows'} of {name}" for name, count in counts.items()]
        return f"left out for a missing cell: {', '.join(said)}" if said else ""

    # The working

    def steps(self, name: str, expression: Expression, value: Value) -> list[Step]:
        """The working of an expression, after that of every `let` it rests on, in the order they are needed."""
        if not self.shows_working:
            return []
        lines = [self._let_line(let) for let in self._lets_below(expression)]
        lines.append(working(name, expression, value, self.evaluator.trace))
        return [
            Step(name=x.name, expression=x.expression, filled=list(x.filled), value=x.value) for x in lines
        ]

    def _let_line(self, let: str) -> Line:
        if let not in self._let_lines:
            made = self.evaluator.named(let)
            self._let_lines[let] = working(let, self.evaluator.lets[let], made, self.evaluator.trace)
        return self._let_lines[let]

    def _lets_below(self, expression: Expression) -> list[str]:
        order: list[str] = []

        def visit(node: Node) -> None:
            for at in walk(node):
                if (
                    isinstance(at, Name)
                    and at.name in self.evaluator.lets
                    and at.name not in order
                    and id(at) in self.evaluator.trace
                ):
                    below = self.evaluator.lets[at.name].node
                    if below is not None:
                        visit(below)
                    if at.name not in order:
                        order.append(at.name)

        if expression.node is not None:
            visit(expression.node)
        return order

    def _pair(self, number: BoundNumber, found: Match) -> Pair | None:
        """The two numbers that the expression of one that differs compares."""
        if found.outcome != "differs" or found.computed.is_column:
            return None
        return operands(number.computed.node, self.evaluator.lets, self.evaluator.trace)


def _with_change(number: BoundNumber, found: Match, pair: Pair | None) -> Match:
    """Say what the relative change is where a difference in points was stated in per cent."""
    if pair is None or found.computed.unit != PP or number.stated.quantity.unit != PERCENT:
        return found
    change = relative_change(pair)
    if change is None:
        return found
    points = number_text(found.computed)
    said = f"{points}, which is {interval_text(change, 3)}: {found.detail.removeprefix(f'{points} is ')}"
    return replace(found, detail=said)


def _whole(number: BoundNumber) -> Place:
    """Where the whole expression of a number stands."""
    return number.computed.locate(0, max(1, len(number.computed.text.rstrip())))


def _with_gap(number: BoundNumber, found: Match) -> Match:
    """Say what was allowed and what the evidence gives, where nothing better is said of a difference."""
    if found.outcome != "differs" or found.detail:
        return found
    digits = digits_needed(number.stated)
    allowed, given = (interval_text(q, digits) for q in (number.stated.reported, found.computed))
    return replace(
        found, detail=f"stated {number.stated.text} allows {allowed}, and the evidence gives {given}"
    )


def _joined(*said: str) -> str:
    return "; ".join(one for one in said if one)


def shown_like(q: Quantity, number: BoundNumber) -> str:
    """The computed value written the way the number was stated; where that hides a difference, with more digits."""
    text = stated_text(q, number.stated)
    nominal = Quantity(q.nominal, unit=q.unit)
    plain = number.stated.quantity.nominal
    same_text = (
        number.stated.form == "number"
        and stated_text(Quantity(Fraction(plain), unit=q.unit), number.stated) == text
    )
    inside = match_quietly(number, nominal)
    return number_text(nominal) if same_text and not inside else text


def match_quietly(number: BoundNumber, q: Quantity) -> bool:
    """Whether the nominal value alone is what was stated."""
    try:
        return match(number.stated, q).outcome == "matches"
    except UnitClash:
        return False
