"""Where fuzzing begins: the repository's own claims, evidence, text cases and examples, and what broke before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from site_builder.language.library import functions
from tests.docs.pages import PAGES, blocks, blocks_of_kind
from tests.fuzz.folders import REGRESSIONS, ROOT
from tests.fuzz.targets import WITH_WAYS

_LANGUAGE = ROOT / "tests" / "language"
_MOST_BYTES = 16_000
_WAYS = b"0123456789"

_DOCUMENTS: dict[str, tuple[str, ...]] = {
    "json": (
        '{"seed": 8, "results": [{"a": 1.50, "b": {"c": null}}, {"a": 2, "b": {"c": "x"}}]}',
        '[[1, "a"], [2, "b"]]',
        '{"a": [1, 2], "b": [true, false]}',
        '[{"a": "2024-01-01", "\\u0062": 1e-6}]',
    ),
    "jsonl": ('{"a": 1, "b": "x"}\n{"a": 2.5}\n', "[1, 2]\n[3, 4]\n"),
    "yaml": ("results:\n  - {a: 1.50, b: no}\n  - a: 2\n    b: |\n      text\n", "- a: 1\n- a: 2\n"),
    "markdown": (
        "# Finding\n\n| Model | a |\n| ----- | --: |\n| small | ~61% |\n| b \\| c | **0.27** |\n",
        "Finding\n=======\n\na | b\n--- | ---\n1 | `2`\n\n<table><tr><th>a<td rowspan=2>1</table>\n",
    ),
    "rst": (
        "Finding\n=======\n\n+---+-----+\n| a | b   |\n+===+=====+\n| 1 | 2 h |\n+---+-----+\n",
        "===  ===\na    b\n===  ===\n1    2\n3    4\n===  ===\n",
        ".. csv-table:: T\n   :header: a, b\n\n   1, 2\n",
        ".. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - 1\n     - 2\n",
    ),
    "html": (
        '<h2 id="finding">F</h2><table id=t><thead><tr><th colspan=2>a</thead><tr><td>1<td>&lt;2</table>',
        "<!-- c --><table><tr><th>a</th></tr><tr><td rowspan='3'>1<br>2</td></tr><script>x</script></table>",
    ),
    "text": (
        "┌───┬───┐\n│ a │ b │\n├───┼───┤\n│ 1 │ 2 │\n└───┴───┘\n",
        "+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+\n",
    ),
    "csv": ('a,b\n1,"x, y"\n~2 min,2024-01-01\n', "a;b\n1,5;'x'\n", "a\tb\n1\t2\n", "# c\na,b\n\n1,2,3\n"),
    "pattern": (
        "Step (?P<step>\\d+): +loss=(?P<loss>[\\d.]+)\nStep 0: loss=2321.64\nStep 40: loss=18.65\n",
        "(?P<a>=+) (.*)\n=== phase one ===\n",
    ),
    "place": (
        '$.results[?@.a > 1]\n{"results": [{"a": 1}, {"a": 2}]}\n# A\n\n|a|b|\n|-|-|\n|1|2|\n',
        '$..*\n{"a": [1, 2, {"b": 3}]}\n',
        "finding-2:2\n{}\n# Finding 2\n\n|a|\n|-|\n|1|\n\n|b|\n|-|\n|2|\n",
    ),
    "packed": ("a,b\n1,2\n",),
    "package": (
        '{"name": "a", "resources": [{"path": "a.csv", "schema": {"fields": [{"name": "a", "type": "number"}]}}]}',
        "resources:\n  - path: a.csv\n    kind: primary\n    dialect: {delimiter: ;, header: false}\n    schema:\n"
        "      missingValues: [n/a]\n      fields: [{name: a, unit: min, as: reported}]\n    sources: [{title: t}]\n",
    ),
    "report": ("# A\n\n{{ a.b }} is 12.\n\n{{ claim a }}\n{{ verdicts tag=x }}\n\n[3]{.literal} `4`\n",),
}


def seeds(target: str) -> Iterator[bytes]:
    """What a target begins from, small files only."""
    for path in sorted((REGRESSIONS / target).glob("*")):
        yield path.read_bytes()
    for text in _texts(target):
        data = text.encode()
        if len(data) <= _MOST_BYTES:
            yield from (bytes([way]) + data for way in _WAYS) if target in WITH_WAYS else (data,)


def _texts(target: str) -> Iterator[str]:
    yield from _DOCUMENTS.get(target, ())
    if target in _FROM_REPOSITORY:
        yield from _FROM_REPOSITORY[target]()


def _expressions() -> Iterator[str]:
    yield from (_LANGUAGE / "hostile.txt").read_text(encoding="utf-8").split("\n")
    for path in sorted((_LANGUAGE / "cases").glob("*.txt")):
        yield from re.findall(r"(?m)^([^#\n]*\S)\s+# ", path.read_text(encoding="utf-8"))
    yield from (function.example[0] for function in functions().values())
    for block in blocks_of_kind("gives"):
        yield from (line.rpartition("→")[0].strip() for line in block.lines)


def _stated() -> Iterator[str]:
    for block in blocks_of_kind("matches"):
        yield from (line.rpartition("→")[0].replace("|", "\n").strip() for line in block.lines)


def _quantities() -> Iterator[str]:
    for block in blocks_of_kind("reads"):
        yield from (line.rpartition("→")[0].strip() for line in block.lines)
    yield from (text.partition("\n")[0] for text in _stated())


def _claims() -> Iterator[str]:
    yield from _files("claims", ".yaml")
    for page in PAGES:
        yield from (b.text for b in blocks(page) if b.path.startswith("claims/") and b.path.endswith(".yaml"))


def _files(folder: str, ending: str) -> Iterator[str]:
    for path in sorted((ROOT / folder).rglob(f"*{ending}")):
        yield path.read_text(encoding="utf-8")


def _pages() -> Iterator[str]:
    yield from (Path(ROOT / page).read_text(encoding="utf-8") for page in PAGES)


_FROM_REPOSITORY: dict[str, Callable[[], Iterator[str]]] = {
    "parsed": _expressions,
    "bound": _expressions,
    "evaluated": _expressions,
    "quantity": _quantities,
    "stated": _stated,
    "claim": _claims,
    "judged": _claims,
    "probed": _claims,
    "report": lambda: _files("claims", ".md"),
    "package": lambda: _files("evidence", "datapackage.yaml"),
    "csv": lambda: _files("evidence", ".csv"),
    "markdown": _pages,
    "text": lambda: _files("evidence", ".log"),
}
