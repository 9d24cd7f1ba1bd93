"""What may stand in an expression: text becomes our own small immutable tree, or a `Mistake` with its place.

Python's parser reads the text only after our own limits hold, so that no answer depends on the Python version; its
tree is then copied node by node through a closed table, and whatever is not in the table is refused by name.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from site_builder.problems import Mistake, Place
from site_builder.quantities.reading import read_plain

LONGEST = 4_000
MOST_NODES = 500
DEEPEST = 50

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of an expression and its span: offsets of its first character and past its last."""

    span: Span

    @property
    def children(self) -> tuple[Node, ...]:
        """The pieces it is made of, left to right."""
        return ()


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A decimal literal."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class String(Node):
    """A text literal."""

    value: str


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    """True or False."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name of evidence, `let`, or, inside brackets, a column."""

    name: str


@dataclass(frozen=True, slots=True)
class Attribute(Node):
    """``base.column``."""

    base: Node
    column: str

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.base,)


@dataclass(frozen=True, slots=True)
class Index(Node):
    """``base[index]``: the rows where a condition holds, or one group."""

    base: Node
    index: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.base, self.index)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``function(arguments, name=argument)``."""

    function: str
    arguments: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return (*self.arguments, *(node for _, node in self.named))


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """``-x``, ``+x`` or ``not x``."""

    op: str
    operand: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """``left op right`` with an arithmetic operator."""

    op: str
    left: Node
    right: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``a < b <= c``: each pair must hold."""

    ops: tuple[str, ...]
    operands: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """``a and b and c`` or ``a or b or c``."""

    op: str
    operands: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """``a if condition else b``."""

    condition: Node
    then: Node
    otherwise: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, slots=True)
class Items(Node):
    """A list or tuple of values."""

    items: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


def parse(text: str) -> Node:
    """The tree of an expression; raises `Mistake` whose place has an empty path and the offset as its column."""
    if not text.strip():
        raise _mistake("E-SYNTAX", "the expression is empty", (0, 1), text, "write what must be true of the data")
    if len(text) > LONGEST:
        message = f"the expression has {len(text):,} characters; at most {LONGEST:,} are read"
        raise _mistake("E-LIMIT", message, (0, 1), text, "name parts of it in `let`")
    line = re.sub(r"[\r\n\t]", " ", text)
    _check_tokens(line)
    tree = _python_tree(line)
    return _Copier(line).copy(tree)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, outermost first."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(top.children))


# Before Python's parser sees it

_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<word>[A-Za-z_][A-Za-z_0-9]*)"""
    r"""|(?P<number>(?:[0-9][0-9_.A-Za-z]*(?:(?<=[eE])[+-][0-9]+)?|\.[0-9][0-9_.A-Za-z]*(?:(?<=[eE])[+-][0-9]+)?))"""
    r"""|(?P<op>\*\*|//|<=|>=|==|!=|:=|->|<<|>>|&&|\|\||[-+*/%<>()\[\]{},.:;=@&|^~!?$`\\#])"""
)
_REFUSED = {
    "&&": "write `and`", "||": "write `or`", "&": "write `and`", "|": "write `or`", "!": "write `not`",
    "^": "write `**` for a power", ":=": "name values in `let`", "?": "write `a if condition else b`",
    "#": "comments belong outside the expression", ";": "one expression has one value; use a list of assertions",
    "@": "it has no meaning here", "$": "write amounts as quantity(\"$5\")", "~": "write quantity(\"~40%\") for about",
    "{": "sets and mappings are not values here", "<<": "numbers are not shifted", ">>": "numbers are not shifted",
    "->": "functions cannot be defined", "`": "write text in quotes", "\\": "it has no meaning here",
}  # fmt: skip
_REFUSED_WORDS = {
    "lambda": "functions cannot be defined", "for": "write all(…), any(…) or sum(…) over a column",
    "await": "nothing here waits", "async": "nothing here waits", "yield": "there is nothing to yield",
    "is": "write ==", "import": "nothing can be imported", "None": "use missing(column) to ask for missing cells",
    "def": "functions cannot be defined", "class": "classes cannot be defined", "del": "nothing can be deleted",
    "null": "use missing(column) to ask for missing cells", "true": "write True", "false": "write False",
    "AND": "write `and`", "OR": "write `or`", "NOT": "write `not`",
}  # fmt: skip
_PREFIXES = {"-", "+", "not"}


def _check_tokens(text: str) -> None:
    """Our own limits and refusals, with places, before parsing."""
    depth = tokens = prefixes = chained = position = 0
    previous = ""
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise _unreadable(text, position)
        kind, token, span = match.lastgroup, match.group(), match.span()
        position = match.end()
        if kind == "space":
            continue
        tokens += 1
        if kind == "op" and token in _REFUSED:
            raise _mistake("E-SYNTAX", f"`{token}` is not part of the language", span, text, _REFUSED[token])
        if kind == "word" and token in _REFUSED_WORDS and previous != ".":
            raise _mistake("E-SYNTAX", f"`{token}` is not part of the language", span, text, _REFUSED_WORDS[token])
        if kind == "string" and previous == "string":
            raise _mistake("E-SYNTAX", "two texts stand side by side", span, text, "put a comma between them")
        if kind == "number":
            _check_number(token, span, text, previous)
        depth += (token in "([") - (token in ")]") if kind == "op" else 0
        prefixes = prefixes + 1 if token in _PREFIXES else 0
        chained += token in ("**", "if")
        if max(depth, prefixes, chained) > DEEPEST:
            raise _too_deep(span, text)
        previous = kind if kind == "string" else token
    if tokens > 4 * MOST_NODES:
        raise _too_many(tokens, text)


def _check_number(token: str, span: Span, text: str, previous: str) -> None:
    thousands = re.search(r"(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})*,$", text[: span[0]])
    if previous == "," and thousands and re.fullmatch("0[0-9]{2}", token):
        number = thousands[0] + token
        hint = f'write {number.replace(",", "")}, or quantity("{number}")'
        raise _mistake("E-SYNTAX", f"{number} is either one number or several", (thousands.start(), span[1]), text, hint)
    if read_plain(token) is not None and not token.startswith("+"):
        return
    following = text[span[1] : span[1] + 1]
    if re.fullmatch(r"[0-9.]+[A-Za-z%]+", token) or following == "%":
        hint = f'write quantity("{token}") for a number with a unit'
    else:
        hint = "write a decimal number such as 1052, 0.5 or 2e-4, without underscores or leading zeros"
    raise _mistake("E-SYNTAX", f"{token!r} is not a decimal number", span, text, hint)


def _unreadable(text: str, position: int) -> Mistake:
    character = text[position]
    if character in "\"'":
        span = (position, len(text))
        return _mistake("E-SYNTAX", "a text that is not closed", span, text, f"close it with another {character}")
    hint = "outside quotes, expressions are written in ASCII"
    if character in "‘’“”":
        hint = "write straight quotes: \" or '"
    elif character in "−–—":
        hint = "write an ASCII minus: -"
    elif character in "×≤≥≠":
        hint = {"×": "write *", "≤": "write <=", "≥": "write >=", "≠": "write !="}[character]
    message = f"the character {character!r} does not belong here"
    return _mistake("E-SYNTAX", message, (position, position + 1), text, hint)


def _too_deep(span: Span, text: str) -> Mistake:
    message = f"the expression nests deeper than {DEEPEST} levels"
    return _mistake("E-LIMIT", message, span, text, "name its parts in `let`")


def _too_many(count: int, text: str) -> Mistake:
    message = f"the expression has more than {MOST_NODES} parts"
    return _mistake("E-LIMIT", message, (0, 1), text, "name its parts in `let`")


def _mistake(code: str, message: str, span: Span, text: str, hint: str = "") -> Mistake:
    return Mistake(code, message, Place("", 1, span[0] + 1, max(1, span[1] - span[0]), text), hint)


def _python_tree(text: str) -> ast.expr:
    leading = len(text) - len(text.lstrip())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _shifted(ast.parse(text.strip(), mode="eval").body, leading)
    except SyntaxError as error:
        raise _syntax_mistake(error, text, leading) from None
    except (RecursionError, MemoryError, ValueError):
        raise _too_deep((0, 1), text) from None


def _shifted(tree: ast.expr, leading: int) -> ast.expr:
    tree.leading = leading  # type: ignore[attr-defined]
    return tree


def _syntax_mistake(error: SyntaxError, text: str, leading: int) -> Mistake:
    offset = min(len(text), max(0, (error.offset or 1) - 1 + leading))
    width = max(1, (error.end_offset or 0) - (error.offset or 0)) if error.end_lineno == 1 else 1
    hint = ""
    if re.search(r"(?<![=!<>])=(?!=)", text):
        hint = "to compare, write =="
    elif re.search(r"[0-9]\s*%\s*($|[)\],<>=+*/-])", text):
        hint = 'a percentage is written quantity("73%")'
    elif text.count("(") != text.count(")"):
        hint = f"{text.count('(')} opening and {text.count(')')} closing parentheses"
    elif text.count("[") != text.count("]"):
        hint = f"{text.count('[')} opening and {text.count(']')} closing brackets"
    near = text[offset : offset + 20].strip()
    message = f"the expression cannot be read near {near!r}" if near else "the expression ends too early"
    return _mistake("E-SYNTAX", message, (offset, offset + width), text, hint or "see `claims help` for the language")


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
            ast.Name: lambda n, s, d: Name(s, n.id),
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
            raise _too_many(self.count, self.text)
        if depth > DEEPEST:
            raise _too_deep(span, self.text)
        maker = self.makers.get(type(tree))
        if maker is None:
            raise self.refuse(span, f"{_CALLED.get(type(tree).__name__, 'this')} is not part of the language")
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
        return _mistake("E-SYNTAX", message, span, self.text, hint)

    def constant(self, tree: ast.Constant, span: Span, depth: int) -> Node:
        if isinstance(tree.value, bool):
            return Boolean(span, tree.value)
        if isinstance(tree.value, str):
            if self.text[span[0]] not in "\"'":
                raise self.refuse(span, "a text is written in plain quotes, without a letter before them")
            return String(span, tree.value)
        value = read_plain(self.text[span[0] : span[1]])
        if value is None:
            raise self.refuse(span, f"{self.text[span[0] : span[1]]!r} is not a decimal number")
        return Number(span, value)

    def attribute(self, tree: ast.Attribute, span: Span, depth: int) -> Node:
        if tree.attr.startswith("__"):
            raise self.refuse(span, f"{tree.attr!r} is no column", "after a dot stands the name of a column")
        return Attribute(span, self.copy(tree.value, depth + 1), tree.attr)

    def subscript(self, tree: ast.Subscript, span: Span, depth: int) -> Node:
        if isinstance(tree.slice, ast.Slice):
            raise self.refuse(span, "rows are not sliced by number", "use first(…), last(…), top(…) or a condition")
        return Index(span, self.copy(tree.value, depth + 1), self.copy(tree.slice, depth + 1))

    def call(self, tree: ast.Call, span: Span, depth: int) -> Node:
        if not isinstance(tree.func, ast.Name):
            hint = "write function(table.column), not table.column.function()"
            raise self.refuse(span, "only functions of the language can be called", hint)
        starred = next((a for a in tree.args if isinstance(a, ast.Starred)), None)
        if starred is not None or any(k.arg is None for k in tree.keywords):
            raise self.refuse(span, "arguments are not unpacked with a star")
        self.count += 1
        named = tuple((k.arg or "", self.copy(k.value, depth + 1)) for k in tree.keywords)
        return Call(span, tree.func.id, self.all(tree.args, depth), named)

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
            raise self.refuse(span, "this is either one number or several", f"write {plain}, or (a, b) for several")
        return Items(span, self.all(tree.elts, depth))


_CALLED = {
    "Lambda": "a lambda", "ListComp": "a comprehension", "SetComp": "a comprehension", "DictComp": "a comprehension",
    "GeneratorExp": "a comprehension", "JoinedStr": "an f-string", "Dict": "a mapping", "Set": "a set",
    "Starred": "a star", "NamedExpr": "an assignment", "Slice": "a slice", "Await": "await", "Yield": "yield",
}  # fmt: skip
