"""What may stand in the text of an expression: our own limits and refusals, before Python's parser sees it."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field

from site_builder.language.nodes import Span
from site_builder.problems import Mistake, Place, name_of
from site_builder.quantities.reading import read_plain

LONGEST = 4_000
MOST_NODES = 500
DEEPEST = 50

_TOKEN = re.compile(
    r"""(?P<space>\ +)|(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<word>[A-Za-z_][A-Za-z_0-9]*)"""
    r"""|(?P<number>\.?[0-9][0-9_.A-Za-z]*(?:(?<=[eE])[+-][0-9]+)?)"""
    r"""|(?P<op>\*\*|//|<=|>=|==|!=|:=|->|<<|>>|<>|&&|\|\||[-+*/%<>()\[\]{},.:;=@&|^~!?$`\\#])"""
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # the categories Cc and Cs
_NO_MEANING = "it has no meaning here"
_NO_FUNCTIONS = "functions cannot be defined"
_NO_SHIFTS = "numbers are not shifted"
_REFUSED = {
    "&&": "write `and`",
    "||": "write `or`",
    "&": "write `and`",
    "|": "write `or`",
    "!": "write `not`",
    "<>": "write `!=`",
    "^": "write `**` for a power",
    ":=": "name values in `let`",
    "?": "write `a if condition else b`",
    "#": "comments belong outside the expression",
    ";": "one expression has one value; use a list of assertions",
    "@": _NO_MEANING,
    "$": 'write amounts as quantity("$5")',
    "~": 'write quantity("~40%") for about, or `not` for the opposite',
    "{": "sets and mappings are not values here",
    "}": "sets and mappings are not values here",
    "<<": _NO_SHIFTS,
    ">>": _NO_SHIFTS,
    "->": _NO_FUNCTIONS,
    "`": "write text in quotes",
    "\\": _NO_MEANING,
}
_ALLOWED_KEYWORDS = {"and", "or", "not", "in", "if", "else", "True", "False"}
_REFUSED_WORDS = {
    **{word: _NO_MEANING for word in keyword.kwlist if word not in _ALLOWED_KEYWORDS},
    "lambda": _NO_FUNCTIONS,
    "def": _NO_FUNCTIONS,
    "for": "write all(…), any(…) or sum(…) over a column",
    "is": "write ==",
    "import": "nothing can be imported",
    "None": "use missing(column) to ask for missing cells",
    "null": "use missing(column) to ask for missing cells",
    "true": "write True",
    "false": "write False",
    "AND": "write `and`",
    "OR": "write `or`",
    "NOT": "write `not`",
}
_PREFIXES = {"-", "+", "not"}
_ESCAPE = re.compile(r"\\(?:(?P<read>[\\'\"nt]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U000[0-9A-Fa-f]{5})|.)")
"""A backslash in a text, and what it stands before; others differ from one Python to the next."""
_QUOTES = dict.fromkeys("‘’“”„«»", "write straight quotes: \" or '")
_SIGNS = {"×": "write *", "·": "write *", "÷": "write /", "≤": "write <=", "≥": "write >=", "≠": "write !="}
_MINUSES = dict.fromkeys("−–—", "write an ASCII minus: -")
_ALIKE = _QUOTES | _SIGNS | _MINUSES


@dataclass(slots=True)
class _Depths:
    """How deep the text nests so far: by brackets and the prefixes in and before them, and by right-leaning chains.

    `prefixes` counts those of each open bracket since its last comma, `and` or `or`: one may hold all that follows.
    """

    chained: int = 0
    prefixes: list[int] = field(default_factory=lambda: [0])

    def step(self, token: str, previous: str) -> int:
        """The greater of the two depths after this token."""
        if token in ("(", "["):
            self.prefixes.append(0)
        elif token in (")", "]"):
            del self.prefixes[max(1, len(self.prefixes) - 1) :]
        elif token in _PREFIXES and not _ends_a_value(previous):
            self.prefixes[-1] += 1
        elif token in (",", "and", "or"):
            self.prefixes[-1] = 0
        self.chained += token in ("**", "if")
        return max(self.chained, len(self.prefixes) - 1 + sum(self.prefixes))


def _ends_a_value(token: str) -> bool:
    return token in (")", "]") or re.fullmatch(r"\W*|and|or|not|in|if|else", token) is None


def check_tokens(text: str) -> str:
    """The expression on one line, offsets unchanged; raises `Mistake` with a place where it breaks our limits."""
    if not text.strip():
        raise refusal(
            "E-SYNTAX", "the expression is empty", (0, 1), text, "write what must be true of the data"
        )
    if len(text) > LONGEST:
        message = f"the expression has {len(text):,} characters; at most {LONGEST:,} are read"
        raise refusal("E-LIMIT", message, (0, 1), text[:LONGEST], "name parts of it in `let`")
    line = re.sub(r"[\r\n\t]", " ", text)
    _refuse_unseen(line)
    _check_each(line)
    return line


def _refuse_unseen(line: str) -> None:
    found = _CONTROL.search(line)
    if found:
        message = f"the control character U+{ord(found[0]):04X} does not belong in an expression"
        raise refusal("E-SYNTAX", message, found.span(), line, "remove it")


def _check_each(line: str) -> None:
    depths, tokens, position, previous = _Depths(), 0, 0, ""
    while position < len(line):
        match = _TOKEN.match(line, position)
        if not match:
            raise _unreadable(line, position)
        kind, token, span = str(match.lastgroup), match.group(), match.span()
        position = match.end()
        if kind == "space":
            continue
        tokens += 1
        _check_token(kind, token, span, line, previous)
        if kind != "string" and depths.step(token, previous) > DEEPEST:
            raise too_deep(span, line)
        previous = kind if kind == "string" else token
    if tokens > 4 * MOST_NODES:
        raise too_many(line)


def _check_token(kind: str, token: str, span: Span, line: str, previous: str) -> None:
    if kind == "op" and token in _REFUSED:
        raise refusal("E-SYNTAX", f"`{token}` is not part of the language", span, line, _REFUSED[token])
    if kind == "word" and token in _REFUSED_WORDS:
        hint = _REFUSED_WORDS[token]
        if keyword.iskeyword(token):
            hint += f'; a column of that name is written table["{token}"]'
        raise refusal("E-SYNTAX", f"`{token}` is not part of the language", span, line, hint)
    if kind == "string":
        _check_string(token, span, line, previous)
    if kind == "number":
        _check_number(token, span, line, previous)


def _check_string(token: str, span: Span, line: str, previous: str) -> None:
    letters = re.search(r"\w*$", line[: span[0]])
    if letters and letters[0]:
        message, hint = (
            "a text is written in plain quotes, without a letter before them",
            "leave the letter out",
        )
        raise refusal("E-SYNTAX", message, (letters.start(), span[1]), line, hint)
    if previous == "string":
        is_triple = line[span[0] - 1] in "'\""
        hint = "write one quotation mark on each side" if is_triple else "put a comma between them"
        raise refusal("E-SYNTAX", "two texts stand side by side", span, line, hint)
    for escape in _ESCAPE.finditer(token):
        if escape["read"] is None:
            place = (span[0] + escape.start(), span[0] + escape.end())
            hint = "write the character itself, and \\\\ for a backslash"
            raise refusal("E-SYNTAX", f"`{escape[0]}` has no meaning in a text", place, line, hint)


def _check_number(token: str, span: Span, line: str, previous: str) -> None:
    if previous == "," and re.fullmatch(r"0[0-9]{2}(\.[0-9]*)?", token):
        _refuse_thousands(token, span, line)
    if read_plain(token) is not None:
        return
    dated = re.search(r"(?<![0-9])[0-9]{4}-(?=[0-9]{2}-[0-9]{2}(?![0-9]))", line[: span[0] + 5])
    if dated and dated.end() == span[0]:
        found = line[dated.start() : span[0] + 5]
        place = (dated.start(), span[0] + 5)
        raise refusal(
            "E-SYNTAX", f"{found} is read as a difference", place, line, f'write a date in quotes: "{found}"'
        )
    following = line[span[1] : span[1] + 1]
    if re.fullmatch(r"[0-9.]+e[+-]?[0-9]+|[0-9.]+", token):
        hint = "numbers have at most 60 digits and exponents up to 300, and no leading zeros"
    elif re.fullmatch(r"[0-9.]+[A-Za-z%]+", token) or following == "%":
        hint = f'write quantity("{token}") for a number with a unit'
    else:
        hint = "write a decimal number such as 1052, 0.5 or 2e-4, without underscores or leading zeros"
    raise refusal("E-SYNTAX", f"{token!r} is not a decimal number", span, line, hint)


def _refuse_thousands(token: str, span: Span, line: str) -> None:
    before = line[max(0, span[0] - 40) : span[0]]
    thousands = re.search(r"(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})*,$", before)
    if thousands:
        number = thousands[0] + token
        hint = f'write {number.replace(",", "")}, or quantity("{number}")'
        place = (span[0] - len(thousands[0]), span[1])
        raise refusal("E-SYNTAX", f"{number} is either one number or several", place, line, hint)


def _unreadable(line: str, position: int) -> Mistake:
    character = line[position]
    if character in "\"'":
        span = (position, len(line))
        return refusal(
            "E-SYNTAX", "a text that is not closed", span, line, f"close it with another {character}"
        )
    hint = _ALIKE.get(character, "outside quotes, expressions are written in ASCII")
    shown = repr(character) if character.isprintable() else name_of(character)
    message = f"the character {shown} does not belong here"
    return refusal("E-SYNTAX", message, (position, position + 1), line, hint)


def too_deep(span: Span, text: str) -> Mistake:
    """The mistake of nesting too deeply."""
    message = f"the expression nests deeper than {DEEPEST} levels"
    return refusal("E-LIMIT", message, span, text, "name its parts in `let`")


def too_many(text: str) -> Mistake:
    """The mistake of an expression with too many parts."""
    message = f"the expression has more than {MOST_NODES} parts"
    return refusal("E-LIMIT", message, (0, 1), text, "name its parts in `let`")


def refusal(code: str, message: str, span: Span, text: str, hint: str = "") -> Mistake:
    """A mistake whose place has an empty path and the span's offset, counted from 1, as its column."""
    return Mistake(code, message, Place("", 1, span[0] + 1, max(1, span[1] - span[0]), text), hint)
