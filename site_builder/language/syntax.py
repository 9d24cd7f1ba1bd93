"""What may stand in an expression: text becomes our own small immutable tree, or a `Mistake` with its place.

Python's parser reads the text only after our own limits hold, so that no answer depends on the Python version; its
tree is then copied node by node through a closed table, and whatever is not in the table is refused by name.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Callable

from site_builder.language.nodes import (
    Attribute,
    Binary,
    Boolean,
    Call,
    Choice,
    Comparison,
    Index,
    Items,
    Logic,
    Name,
    Node,
    Number,
    Span,
    String,
    Unary,
    walk,
)
from site_builder.language.tokens import DEEPEST, MOST_NODES, check_tokens, refusal, too_deep, too_many
from site_builder.problems import Mistake
from site_builder.quantities.reading import read_plain

__all__ = ["Binary", "Call", "Name", "Node", "parse", "walk"]


def parse(text: str) -> Node:
    """The tree of an expression; raises `Mistake` whose place has an empty path and the offset as its column."""
    line = check_tokens(text)
    return _Copier(line).copy(_python_tree(line))


def _python_tree(line: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(line.strip(), mode="eval").body
    except SyntaxError as error:
        raise _syntax_mistake(error, line) from None
    except (RecursionError, MemoryError):
        raise too_deep((0, 1), line) from None


_DANGLING = re.compile(r"(?:[<>=!]=|[-+*/%<>,.]|\b(?:and|or|not|in))$")
_LIKELY = (
    (re.compile(r"[=!]=="), "to compare, write == or !="),
    (re.compile(r"=[<>]"), "to compare, write <= or >="),
    (re.compile(r"(?<![=!<>])=(?!=)"), "to compare, write =="),
    (re.compile(r"[0-9]\s*%\s*($|[)\],<>=+*/-])"), 'a percentage is written quantity("73%")'),
    (
        re.compile(r"(?<![\w.])[0-9.]+ +(?!(and|or|not|in|if|else)\b)[A-Za-z]"),
        'a number with a unit: quantity("10 min")',
    ),
    (re.compile(r"\b(and|or|not)\s*($|[)\],<>=*/])"), "something is missing after `and`, `or` or `not`"),
)
"""What an unreadable text probably meant."""


def _syntax_mistake(error: SyntaxError, line: str) -> Mistake:
    leading = len(line) - len(line.lstrip())
    offset = min(len(line), max(0, (error.offset or 1) - 1 + leading))
    width = max(1, (error.end_offset or 0) - (error.offset or 0)) if error.end_lineno == 1 else 1
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", lambda m: "_" * len(m[0]), line)
    hints = [_unpaired(bare, pair) for pair in ("()", "[]")]
    hints += [hint for pattern, hint in _LIKELY if pattern.search(bare)]
    near = line[offset : offset + 20].strip()
    dangling = _DANGLING.search(line.rstrip())
    if dangling:
        place = (len(line.rstrip()), len(line.rstrip()) + 1)
        message = f"the expression ends where a value was expected, after {dangling[0]!r}"
        return refusal("E-SYNTAX", message, place, line, "write what is missing, or leave the sign out")
    message = f"the expression cannot be read near {near!r}" if near else "the expression ends too early"
    hint = next((h for h in hints if h), "see `claims help` for the language")
    return refusal("E-SYNTAX", message, (offset, offset + width), line, hint)


def _unpaired(bare: str, pair: str) -> str:
    opening, closing = bare.count(pair[0]), bare.count(pair[1])
    kind = {"()": "parentheses", "[]": "brackets"}[pair]
    return f"{opening} opening and {closing} closing {kind}" if opening != closing else ""


# Python's tree into ours

_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.In: "in",
    ast.NotIn: "not in",
}  # fmt: skip
_UNARIES: dict[type[ast.unaryop], str] = {ast.USub: "-", ast.UAdd: "+", ast.Not: "not"}


class _Copier:
    """Copies Python's tree into ours, counting nodes and depth."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.count = 0
        self.leading = len(text) - len(text.lstrip())
        self.is_ascii = text.isascii()
        self.makers: dict[type[ast.expr], Callable[..., Node]] = {
            ast.Constant: self.constant,
            ast.Name: lambda n, s, d: Name(s, self.word(n.id, s)),
            ast.Attribute: self.attribute,
            ast.Subscript: self.subscript,
            ast.Call: self.call,
            ast.UnaryOp: self.unary,
            ast.BinOp: self.binary,
            ast.Compare: self.comparison,
            ast.BoolOp: self.logic,
            ast.IfExp: self.choice,
            ast.List: lambda n, s, d: Items(s, self.all(n.elts, d)),
            ast.Tuple: self.tuple,
        }

    def copy(self, tree: ast.expr, depth: int = 1) -> Node:
        span = self.span(tree)
        self.count += 1
        if self.count > MOST_NODES:
            raise too_many(self.text)
        if depth > DEEPEST:
            raise too_deep(span, self.text)
        maker = self.makers.get(type(tree))
        if maker is None:
            called, hint = _CALLED.get(type(tree), ("this", "see `claims help` for the language"))
            raise self.refuse(span, f"{called} is not part of the language", hint)
        node: Node = maker(tree, span, depth)
        return node

    def all(self, trees: list[ast.expr], depth: int) -> tuple[Node, ...]:
        return tuple(self.copy(tree, depth + 1) for tree in trees)

    def span(self, tree: ast.expr) -> Span:
        start, end = tree.col_offset, tree.end_col_offset or tree.col_offset + 1
        if not self.is_ascii:
            raw = self.text[self.leading :].encode()
            start, end = len(raw[:start].decode()), len(raw[:end].decode())
        return start + self.leading, end + self.leading

    def refuse(self, span: Span, message: str, hint: str = "") -> Mistake:
        return refusal("E-SYNTAX", message, span, self.text, hint)

    def word(self, name: str, span: Span) -> str:
        if name.startswith("__"):
            raise self.refuse(span, f"{name!r} is no name", "names are those of evidence, `let` and columns")
        return name

    def constant(self, tree: ast.Constant, span: Span, depth: int) -> Node:
        if isinstance(tree.value, bool):
            return Boolean(span, tree.value)
        if isinstance(tree.value, str):
            return String(span, self.text_of(tree.value, span))
        written = self.text[span[0] : span[1]]
        value = read_plain(written)
        if value is None:
            hint = "write numbers such as 0.5, and texts in plain quotes without a letter before them"
            raise self.refuse(span, f"{written!r} is neither a decimal number nor a text", hint)
        return Number(span, value)

    def text_of(self, value: str, span: Span) -> str:
        if self.text[span[0]] not in "\"'":
            raise self.refuse(span, "a text is written in plain quotes, without a letter before them")
        if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in value):
            raise self.refuse(span, "the text spells a control character", "write the text itself")
        return value

    def attribute(self, tree: ast.Attribute, span: Span, depth: int) -> Node:
        if tree.attr.startswith("__"):
            raise self.refuse(span, f"{tree.attr!r} is no column", "after a dot stands the name of a column")
        return Attribute(span, self.copy(tree.value, depth + 1), tree.attr)

    def subscript(self, tree: ast.Subscript, span: Span, depth: int) -> Node:
        if isinstance(tree.slice, ast.Slice):
            raise self.refuse(
                span, "rows are not sliced by number", "use first(…), last(…), top(…) or a condition"
            )
        return Index(span, self.copy(tree.value, depth + 1), self.copy(tree.slice, depth + 1))

    def call(self, tree: ast.Call, span: Span, depth: int) -> Node:
        if not isinstance(tree.func, ast.Name):
            hint = "write function(table.column), not table.column.function()"
            raise self.refuse(span, "only functions of the language can be called", hint)
        if any(isinstance(a, ast.Starred) for a in tree.args) or any(k.arg is None for k in tree.keywords):
            raise self.refuse(span, "arguments are not unpacked with a star", "write each argument out")
        names = [k.arg for k in tree.keywords]
        if len(names) != len(set(names)):
            raise self.refuse(span, f"{tree.func.id} is given an argument twice", "give each of them once")
        self.count += 1
        named = tuple((k.arg or "", self.copy(k.value, depth + 1)) for k in tree.keywords)
        return Call(span, self.word(tree.func.id, span), self.all(tree.args, depth), named)

    def unary(self, tree: ast.UnaryOp, span: Span, depth: int) -> Node:
        op = _UNARIES.get(type(tree.op))
        if op is None:
            raise self.refuse(span, "`~` is not part of the language", "write `not`")
        return Unary(span, op, self.copy(tree.operand, depth + 1))

    def binary(self, tree: ast.BinOp, span: Span, depth: int) -> Node:
        op = _ARITHMETIC.get(type(tree.op))
        if op is None:
            raise self.refuse(span, "this operator is not part of the language")
        return Binary(span, op, self.copy(tree.left, depth + 1), self.copy(tree.right, depth + 1))

    def comparison(self, tree: ast.Compare, span: Span, depth: int) -> Node:
        ops = tuple(_COMPARISONS.get(type(op), "") for op in tree.ops)
        if not all(ops):
            raise self.refuse(span, "`is` is not part of the language", "write ==")
        return Comparison(span, ops, self.all([tree.left, *tree.comparators], depth))

    def logic(self, tree: ast.BoolOp, span: Span, depth: int) -> Node:
        return Logic(span, "and" if isinstance(tree.op, ast.And) else "or", self.all(tree.values, depth))

    def choice(self, tree: ast.IfExp, span: Span, depth: int) -> Node:
        return Choice(span, *self.all([tree.test, tree.body, tree.orelse], depth))

    def tuple(self, tree: ast.Tuple, span: Span, depth: int) -> Node:
        numbers = re.fullmatch(r"\s*[0-9]{1,3}(?:\s*,\s*[0-9]{3})+\s*", self.text[span[0] : span[1]])
        if numbers and self.text[span[0]] != "(":
            plain = self.text[span[0] : span[1]].replace(",", "").replace(" ", "")
            raise self.refuse(
                span, "this is either one number or several", f"write {plain}, or (a, b) for several"
            )
        return Items(span, self.all(tree.elts, depth))


_CALLED: dict[type[ast.expr], tuple[str, str]] = {
    ast.Starred: ("a star", "write each value out"),
    ast.Slice: ("a slice", "use first(…), last(…), top(…) or a condition"),
}
"""What Python's parser lets through and we do not, and what to write instead; the rest is refused before it."""
