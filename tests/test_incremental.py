"""What was remembered never shows: after any edits, a warm build equals a cold one byte for byte."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cache.store import Store, disk_store
from site_builder.outcome import Built
from site_builder.pipeline import Options, build, check
from site_builder.problems import Mistake
from site_builder.project import open_project

STEPS, EDITS, SEEDS = 6, 12, (0, 1, 2)

CLAIM = """\
title: Claim {number} of {least}
statement: The best was {{{{ best }}}}, of {{{{ count(runs) }}}} runs.
tags: [t{tag}]
evidence: {{runs: {file}}}
let: {{trained: 'runs[kind == "trained"]'}}
numbers:
  best: {{stated: {best}, computed: max(trained.score)}}
assertion: all(trained.score > {least})
plots:
  - {{kind: line, data: runs, x: row, y: score, alt: Scores by row}}
"""


@pytest.fixture(autouse=True)
def _own_seal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def _put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def _claim(root: Path, chance: random.Random, number: int) -> None:
    file = chance.choice([f"r{chance.randrange(4)}.csv", "r*.csv", "gone.csv", "deep/r1.csv"])
    text = CLAIM.format(
        number=number,
        tag=chance.randrange(3),
        file=file,
        best=chance.randrange(90, 100),
        least=chance.randrange(9),
    )
    _put(root, f"claims/g{number % 3}/c{number}.yaml", text)


def _table(root: Path, chance: random.Random, path: str) -> None:
    rows = "".join(
        f"{row},{chance.choice(['trained', 'base'])},{chance.randrange(100)}\n"
        for row in range(chance.randrange(1, 9))
    )
    _put(root, path, f"row,kind,score\n{rows}")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root, chance = tmp_path / "project", random.Random(1)
    for number in range(9):
        _claim(root, chance, number)
    for number in range(4):
        _table(root, chance, f"evidence/r{number}.csv")
    _put(root, "pyproject.toml", '[tool.claims]\ntitle = "A title"\n')
    _put(root, "claims/index.md", "# All of it\n\n{{ verdicts }}\n")
    return root


def _files(root: Path, pattern: str) -> list[Path]:
    return sorted(path for path in root.glob(pattern) if path.is_file())


def _edit_a_claim(root: Path, chance: random.Random) -> None:
    _claim(root, chance, chance.randrange(12))


def _edit_a_table(root: Path, chance: random.Random) -> None:
    _table(
        root,
        chance,
        chance.choice(
            [f"evidence/r{n}.csv" for n in range(5)] + ["evidence/deep/r1.csv", "evidence/gone.csv"]
        ),
    )


def _drop(pattern: str) -> Callable[[Path, random.Random], None]:
    def drop(root: Path, chance: random.Random) -> None:
        found = _files(root, pattern)
        if len(found) > 2:
            chance.choice(found).unlink()

    return drop


def _rename_a_claim(root: Path, chance: random.Random) -> None:
    found = chance.choice(_files(root, "claims/**/*.yaml"))
    found.rename(found.with_name(f"renamed{chance.randrange(5)}.yaml"))


def _break_a_claim(root: Path, chance: random.Random) -> None:
    found = chance.choice(_files(root, "claims/**/*.yaml"))
    found.write_text(found.read_text() + chance.choice(["oops", "assertion: 1 >", "depends: [g0/c0]\n"]))


def _describe(root: Path, chance: random.Random) -> None:
    unit = chance.choice(["ms", "s", "%"])
    fields = f"[{{name: score, unit: '{unit}'}}]"
    _put(root, "evidence/datapackage.yaml", f"resources: [{{path: r1.csv, schema: {{fields: {fields}}}}}]\n")


def _set(root: Path, chance: random.Random) -> None:
    _put(root, "pyproject.toml", f'[tool.claims]\ntitle = "Title {chance.randrange(9)}"\n')


def _write_a_template(root: Path, chance: random.Random) -> None:
    _put(root, "templates/missing.html", f"nothing here {chance.randrange(9)}")


def _write_a_report(root: Path, chance: random.Random) -> None:
    _put(
        root,
        f"claims/report{chance.randrange(3)}.md",
        f"# Report {chance.randrange(9)}\n\n{{{{ claim g0/c0 }}}}\n",
    )


def _touch_everything(root: Path, chance: random.Random) -> None:
    for path in _files(root, "**/*"):
        os.utime(path, (chance.randrange(10**9), chance.randrange(10**9)))


def _spoil_the_site(root: Path, chance: random.Random) -> None:
    found = _files(root.parent / "warm", "**/*.html")
    if found:
        chance.choice(found).write_text("spoilt")


def _spoil_the_cache(root: Path, chance: random.Random) -> None:
    file = root / ".cache/kept.db"
    if file.exists():
        data = bytearray(file.read_bytes())
        for _ in range(20):
            data[chance.randrange(len(data))] ^= 0xFF
        file.write_bytes(data)


OPERATIONS = (
    *(_edit_a_claim,) * 3, *(_edit_a_table,) * 3, _rename_a_claim, _break_a_claim, _describe, _set, _write_a_template,
    _write_a_report, _touch_everything, _spoil_the_site, _spoil_the_cache, _drop("claims/**/*.yaml"),
    _drop("evidence/**/*.csv"), _drop("evidence/datapackage.yaml"), _drop("claims/*.md"), _drop("templates/*"),
)  # fmt: skip


def _built(root: Path, target: Path, store: Store | None) -> Built:
    return build(open_project(root), target, Options(seconds=60, store=store))


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder, "**/*")}


def _warm(root: Path) -> Built | Mistake:
    with disk_store(root / ".cache") as store:
        assert store is not None
        try:
            return _built(root, root.parent / "warm", store)
        except Mistake as mistake:
            return mistake


def _cold(root: Path) -> Built | Mistake:
    shutil.rmtree(root.parent / "cold", ignore_errors=True)
    try:
        return _built(root, root.parent / "cold", None)
    except Mistake as mistake:
        return mistake


@pytest.mark.heavy
@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_edits_warm_equals_cold(project: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(STEPS):
        for _ in range(EDITS):
            chance.choice(OPERATIONS)(project, chance)
        warm, cold = _warm(project), _cold(project)
        if isinstance(cold, Mistake):
            assert isinstance(warm, Mistake)
            assert warm.problem == cold.problem
            continue
        assert isinstance(warm, Built), warm
        assert _contents(project.parent / "warm") == _contents(project.parent / "cold")
        assert warm.outcome == cold.outcome


def test_nothing_is_written_when_nothing_has_changed(project: Path) -> None:
    first = _warm(project)
    again = _warm(project)
    assert isinstance(first, Built)
    assert isinstance(again, Built)
    assert (again.written, again.removed) == (0, 0)
    assert again.outcome == first.outcome


def test_a_reworded_statement_makes_its_own_pages_and_no_others(project: Path) -> None:
    _warm(project)
    before = {path: path.stat().st_mtime_ns for path in _files(project.parent / "warm", "**/*")}
    claim = project / "claims/g0/c0.yaml"
    claim.write_text(claim.read_text().replace("The best", "The very best"))
    _warm(project)
    changed = {
        path.relative_to(project.parent / "warm").as_posix()
        for path, time in before.items()
        if path.stat().st_mtime_ns != time
    }
    assert "claims/g0/c0.html" in changed
    assert not {name for name in changed if name.startswith(("plots/", "claims/g1", "claims/g2", "assets/"))}


def test_what_only_verdicts_need_serves_from_what_pages_need(project: Path) -> None:
    _warm(project)
    with disk_store(project / ".cache") as store:
        warm = check(open_project(project), Options(seconds=60, store=store))
    assert warm == check(open_project(project), Options(seconds=60))


def test_an_edit_of_evidence_while_nobody_looks_is_noticed(project: Path) -> None:
    _put(project, "evidence/r0.csv", "row,kind,score\n0,trained,95\n")
    _put(project, "claims/only.yaml", CLAIM.format(number=0, tag=0, file="r0.csv", best=95, least=1))
    _warm(project)
    file = project / "evidence/r0.csv"
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    file.write_text("row,kind,score\n0,trained,96\n")
    os.utime(file, ns=times)
    warm = _warm(project)
    assert isinstance(warm, Built)
    assert next(d for d in warm.outcome.decisions if d["id"] == "only")["numbers"][0]["computed"] == 96
