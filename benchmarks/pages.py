"""The pages that every tool of the benchmark makes: a title, a sentence, and a table of ten rows, in folders of 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROWS, A_GROUP, TAGS = 10, 100, 7

CLAIM = """\
title: {title}
statement: The best of the trained was {{{{ best }}}}.{note}
tags: [{tag}]
evidence: {{runs: {group}/r{number}.csv}}
let: {{trained: 'runs[kind == "trained"]'}}
numbers:
  best: {{stated: {best}, computed: max(trained.score)}}
assertion: all(trained.score > {least})
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says. `note` ends its sentence, and is what an edit changes."""

    number: int
    note: str = ""

    @property
    def name(self) -> str:
        """The name of its file, without folder and ending."""
        return f"c{self.number}"

    @property
    def group(self) -> str:
        """The folder that it stands in."""
        return f"g{self.number // A_GROUP}"

    @property
    def tag(self) -> str:
        """Its one tag."""
        return f"t{self.number % TAGS}"

    @property
    def title(self) -> str:
        """Its title."""
        return f"Claim {self.number} of the benchmark"

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The rows of its table: a number, a kind and a score."""
        scores = [(self.number * 7 + row * 13) % 100 for row in range(ROWS)]
        return [(str(row), "trained" if row % 2 else "base", str(score)) for row, score in enumerate(scores)]

    @property
    def trained(self) -> list[int]:
        """The scores of one kind."""
        return [int(score) for _, kind, score in self.rows if kind == "trained"]

    @property
    def sentence(self) -> str:
        """What it states, its number written out."""
        return f"The best of the trained was {max(self.trained)}.{self.note}"

    @property
    def markdown(self) -> str:
        """The sentence, and the table below it."""
        lines = [
            "| row | kind | score |",
            "| --- | --- | --- |",
            *(f"| {' | '.join(row)} |" for row in self.rows),
        ]
        return f"{self.sentence}\n\n" + "\n".join(lines) + "\n"

    @property
    def claim(self) -> str:
        """The same as a claim of ours, its number computed and an assertion judged."""
        return CLAIM.format(
            title=self.title,
            number=self.number,
            note=self.note,
            tag=self.tag,
            group=self.group,
            best=max(self.trained),
            least=min(self.trained) - 1,
        )

    @property
    def csv(self) -> str:
        """Its table as a file."""
        return "row,kind,score\n" + "".join(f"{','.join(row)}\n" for row in self.rows)


def groups(pages: Sequence[Page]) -> list[str]:
    """The folders that the pages stand in, in order."""
    return list(dict.fromkeys(page.group for page in pages))


def put(path: Path, text: str) -> None:
    """Write a file, and its folders if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
