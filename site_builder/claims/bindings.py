r"""What stands in ``{{ }}`` in a statement, a note or a report: bindings of numbers, and directives.

``{{ name }}`` and ``{{ name | .2f }}`` show a computed value; in a report a number is called by its claim,
``{{ group/claim.name }}``. On a line of its own in a report stand ``{{ claim ID }}``, ``{{ plot ID/NAME }}``,
``{{ table ID/NAME }}``, ``{{ verdicts tag=roi }}`` and ``{{ corrections }}``. Code is left alone, and so is
``\{{``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.claims.claim import Text
from site_builder.claims.directives import Directive, directive, is_directive
from site_builder.claims.findings import Findings
from site_builder.claims.prose import code_regions, is_within
from site_builder.problems import Mistake, Problem

FORMAT = re.compile(r"\+?,?(?:\.[0-9]{1,2})?[fge%]", re.ASCII)
_LONGEST = 500
_OPEN = re.compile(r"\\[\\{`]|\{\{")
_INNER = re.compile(r"""((?:[^{}"'\n]++|\n(?![ \t]*+\n)|"[^"\n]*+"|'[^'\n]*+'|\}(?!\}))*+)\}\}""")
_END = re.compile(r"\}\}|\{\{|\n[ \t]*+\n")
_REFERENCE = re.compile(r"(?P<id>[a-z0-9_/-]+)\.(?P<name>[A-Za-z][A-Za-z0-9_]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Binding:
    """A place where a computed value is shown: `start` and `end` are the offsets of the braces in the text.

    `expression` is what stands between them, with its own place; `format` what follows the ``|``, else empty.
    """

    expression: Text
    format: str
    start: int
    end: int

    @property
    def reference(self) -> tuple[str, str] | None:
        """The claim's id and the number's name, when it is written ``group/claim.name``."""
        found = _REFERENCE.fullmatch(self.expression.value)
        return (found["id"], found["name"]) if found else None


def find_bindings(
    text: Text, is_report: bool = False
) -> tuple[tuple[Binding | Directive, ...], tuple[Problem, ...]]:
    """All bindings and directives of a Markdown text in their order, and what is wrong with the others."""
    found: list[Binding | Directive] = []
    findings = Findings()
    for start, end in _braces(text, findings):
        try:
            found.append(_read(text, start, end, is_report))
        except Mistake as mistake:
            findings.keep(mistake.problem)
    return tuple(found), findings.sorted()


def excerpt(text: Text, start: int, end: int) -> Text:
    """A part of a text, its offsets leading to the same places as in the whole."""
    first = bisect_right(text.spans, start, key=lambda span: span[0])
    last = bisect_left(text.spans, end, key=lambda span: span[0])
    spans = tuple((offset - start, *rest) for offset, *rest in text.spans[first:last])
    return Text(text.value[start:end], text.at(start, max(1, end - start)), spans)  # type: ignore[arg-type]


def brace_regions(text: Text) -> tuple[tuple[int, int], ...]:
    """Offsets of everything in ``{{ }}``, whether or not it can be read, in order."""
    return tuple(_braces(text, Findings()))


def _braces(text: Text, findings: Findings) -> Iterator[tuple[int, int]]:
    """Offsets of each ``{{`` and of the end of its ``}}``, outside code."""
    value, at = text.value, 0
    regions = code_regions(value)
    while found := _OPEN.search(value, at):
        code = is_within(regions, found.start())
        at = code[1] if code else found.end()
        if code or found.group() != "{{":
            continue
        end = _closing(value, at)
        if end is None:
            findings.add("E-BINDING", "this {{ has no }} after it", text.at(found.start(), 2), _HINT)
        else:
            yield found.start(), end
            at = end


_HINT = "write  {{ name }}; to show braces write \\{{"


def _closing(value: str, at: int) -> int | None:
    """The end of the ``}}`` that belongs to a ``{{``; a quoted brace and a blank line don't count."""
    inner = _INNER.match(value, at)
    if inner:
        return inner.end()
    found = _END.search(value, at)
    return found.end() if found and found.group() == "}}" else None


def _read(text: Text, start: int, end: int, is_report: bool) -> Binding | Directive:
    inner, spec = _parted(text.value[start + 2 : end - 2])
    if not inner.strip():
        raise Mistake("E-BINDING", "nothing stands between {{ and }}", text.at(start, end - start), _HINT)
    if len(inner) > _LONGEST:
        message = f"more than {_LONGEST} characters stand between {{{{ and }}}}"
        raise Mistake(
            "E-BINDING", message, text.at(start, 2), "compute it in let: or numbers: and bind its name"
        )
    begin = start + 2 + len(inner) - len(inner.lstrip())
    content = excerpt(text, begin, begin + len(inner.strip()))
    is_alone = _is_alone(text.value, start, end)
    if is_directive(content.value, is_alone and is_report):
        return directive(content, start, end, is_alone, is_report)
    if spec is not None and not FORMAT.fullmatch(spec.strip()):
        place = text.at(start + 3 + len(inner), max(1, len(spec)))
        shown = f"'{spec.strip()[:40]}' is not a format" if spec.strip() else "no format follows the |"
        raise Mistake("E-FORMAT", shown, place, _FORMAT_HINT)
    return Binding(content, (spec or "").strip(), start, end)


_FORMAT_HINT = (
    "write .2f (decimals), ,.0f (thousands), +.1f (sign), .3g (digits) or .1% (share as a percentage)"
)


def _parted(inner: str) -> tuple[str, str | None]:
    """What is shown, and the format after the last ``|`` that stands in no quotes."""
    shown, mark, spec = inner.rpartition("|")
    if not mark or '"' in spec or "'" in spec:
        return inner, None
    return shown, spec


def _is_alone(value: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the line."""
    before, after = start - 1, end
    while before >= 0 and value[before] in " \t":
        before -= 1
    while after < len(value) and value[after] in " \t":
        after += 1
    return (before < 0 or value[before] == "\n") and (after == len(value) or value[after] == "\n")
