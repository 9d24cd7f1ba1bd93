"""The function reference of `docs/language.md`, made from the functions themselves: ``python docs/generate.py``."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "language.md"
START, END = "<!-- functions: begin -->\n", "<!-- functions: end -->\n"


def reference() -> str:
    """The reference as Markdown: a heading a group, a paragraph a function, with its example."""
    from site_builder.language.examples import RUNS, SIZES
    from site_builder.language.library import functions

    parts = [_shown("runs", RUNS), _shown("sizes", SIZES)]
    for group, members in groupby(functions().values(), key=lambda function: function.group):
        parts.append(f"### {group[0].upper()}{group[1:]}\n")
        for function in members:
            source = f"Source: {function.source}" if function.source else ""
            said = " ".join(text for text in (function.summary, function.unknowns, source) if text)
            expression, value = function.example
            parts.append(f"**`{function.signature}`** {said} For example, `{expression}` gives {value}.\n")
    return "\n".join(parts)


def _shown(name: str, columns: Mapping[str, Sequence[object]]) -> str:
    """A table of the examples, under its name."""
    header = " | ".join(columns)
    rows = [" | ".join(map(str, cells)) for cells in zip(*columns.values(), strict=True)]
    lines = [header, " | ".join("---" for _ in columns), *rows]
    return f"`{name}`:\n\n" + "\n".join(f"| {line} |" for line in lines) + "\n"


def with_reference(page: str) -> str:
    """The page with the reference between its two marks."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{reference()}\n{END}{after}"


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(with_reference(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
