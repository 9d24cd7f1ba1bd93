"""The command line as a user calls it: exit codes, last lines, formats."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.project import Project
from tests.conftest import MakeProject
from tests.evidence.parquet_files import parquet

ROOT = Path(__file__).resolve().parents[2]
GOOD = """
    title: The best is 92
    statement: The best accuracy was {{ best }}.
    evidence: {runs: runs.csv}
    numbers: {best: {stated: '92', computed: max(runs.accuracy)}}
    assertion: all(runs.accuracy > 0)
"""
FALSE = GOOD.replace("> 0", "> 80")
OPEN = GOOD.replace("all(runs.accuracy > 0)", 'all(runs[name == "zzz"].accuracy > 0)')
BROKEN = GOOD.replace("runs.accuracy)}", "runs.acuracy)}")
RUNS = "name,accuracy\na,50\nb,92\n"


def call(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "site_builder", *words],
        cwd=project.root,
        env=environment,
        capture_output=True,
        text=True,
    )


def last_line(result: subprocess.CompletedProcess[str]) -> str:
    return result.stdout.rstrip().splitlines()[-1]


@pytest.mark.parametrize(
    ("claims", "words", "code", "last"),
    [
        ([GOOD], [], 0, "1 claim: 1 validated. all is well"),
        ([GOOD, FALSE], [], 1, "2 claims: 1 validated, 1 refuted: the check fails"),
        ([GOOD, OPEN], [], 0, "2 claims: 1 validated, 1 undetermined. all is well"),
        ([GOOD, OPEN], ["--strict"], 1, "2 claims: 1 validated, 1 undetermined: the strict check fails"),
        ([GOOD, BROKEN], [], 2, "2 claims: 1 validated, 1 broken: the check fails: something is broken"),
        ([], [], 2, "no claims: nothing was checked, so the check fails"),
    ],
)
def test_check_is_a_gate(
    make_project: MakeProject, claims: list[str], words: list[str], code: int, last: str
) -> None:
    project = make_project(
        {f"claims/c{i}.yaml": text for i, text in enumerate(claims)} | {"evidence/runs.csv": RUNS}
    )
    result = call(project, "check", *words)
    assert (result.returncode, last_line(result)) == (code, last)
    assert not (project.root / "site").exists()


def test_check_names_the_claims_to_judge(make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": GOOD, "claims/b.yaml": FALSE, "evidence/runs.csv": RUNS})
    assert call(project, "check", "claims/a.yaml").returncode == 0
    wrong = call(project, "check", "aa")
    assert (wrong.returncode, "did you mean 'a'?" in wrong.stderr) == (2, True)


def test_check_prints_claims_json(make_project: MakeProject) -> None:
    result = call(
        make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS}), "check", "--format", "json"
    )
    document = json.loads(result.stdout)
    assert document["claims"][0]["numbers"][0]["computed"] == 92


def test_github_annotations_cannot_be_forged(make_project: MakeProject) -> None:
    hostile = FALSE.replace("max(runs", "max(runs").replace("> 80", "> 80").replace("claims", "claims")
    hostile = hostile.replace("all(runs.accuracy > 80)", '"\\"x\\n::error::y\\" == runs.name"')
    project = make_project({"claims/a.yaml": hostile, "evidence/runs.csv": RUNS})
    lines = call(project, "check", "--format", "github").stdout.splitlines()
    assert all(line.startswith(("::error title=E-", "1 claim")) for line in lines)


def test_build_renders_whatever_the_verdicts_are(make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": GOOD, "claims/b.yaml": FALSE, "evidence/runs.csv": RUNS})
    result = call(project, "build")
    assert (result.returncode, last_line(result)) == (0, "2 claims: 1 validated, 1 refuted")
    assert (project.root / "site" / "index.html").exists()


def test_build_with_a_broken_claim_fails_and_still_shows_the_others(make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": GOOD, "claims/b.yaml": BROKEN, "evidence/runs.csv": RUNS})
    assert call(project, "build").returncode == 2
    assert "92" in (project.root / "site/claims/a.html").read_text()
    assert "did you mean" in (project.root / "site/claims/b.html").read_text()


def test_a_fault_of_a_report_is_in_the_last_line_of_a_build(make_project: MakeProject) -> None:
    project = make_project(
        {"claims/a.yaml": GOOD, "claims/index.md": "# A\n\n{{ claim zzz }}\n", "evidence/runs.csv": RUNS}
    )
    result = call(project, "build")
    last = "1 claim: 1 validated: the site is written, and something is broken"
    assert (result.returncode, last_line(result)) == (2, last)
    told = call(project, "check", "--format", "json")
    assert (told.returncode, "claims/index.md:3" in told.stderr) == (2, True)


def test_a_changed_cell_changes_the_verdict(make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS})
    assert call(project, "build").returncode == 0
    (project.root / "evidence/runs.csv").write_text(RUNS.replace("92", "93"))
    assert last_line(call(project, "build")) == "1 claim: 1 corrected"
    twin = json.loads((project.root / "site/claims.json").read_text())
    assert (twin["claims"][0]["verdict"], twin["claims"][0]["numbers"][0]["computed"]) == ("corrected", 93)


def test_build_refuses_a_folder_it_did_not_make(make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS, "site/precious.txt": "mine"})
    result = call(project, "build")
    assert (result.returncode, (project.root / "site/precious.txt").read_text()) == (2, "mine")


def test_explain_shows_the_arithmetic_and_the_cells(make_project: MakeProject) -> None:
    result = call(make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS}), "explain", "a")
    assert result.returncode == 0
    assert "best = max(runs.accuracy)" in result.stdout
    assert "from runs.accuracy, rows 1–2" in result.stdout


def test_a_figure_that_is_another_reading_is_worked_out(make_project: MakeProject) -> None:
    claim = """
        title: It fell by 17 %
        statement: It fell.
        let: {before: 54%, after: 37%}
        numbers: {fall: {stated: 17%, computed: 'change(after=after, before=before)'}}
    """
    project = make_project({"claims/fall.yaml": claim})
    said = "    17% would be met as the decrease, 54 % − 37 % = 17 pp; the relative change is (37 %"
    assert said in call(project, "check").stdout
    explained = call(project, "explain", "fall").stdout
    assert "    as the decrease: 54 % − 37 % = 17 pp: 17% would be met\n" in explained
    assert "    as the relative decrease: (54 % − 37 %) / 54 % = 31.5 %\n" in explained


def test_list_shows_verdicts_and_titles(make_project: MakeProject) -> None:
    result = call(make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS}), "list")
    assert result.stdout.splitlines()[0].split() == ["validated", "a", "The", "best", "is", "92"]


@pytest.mark.parametrize(
    "words", [["chek"], ["check", "--formt", "json"], ["help", "meen"], ["build", "-C", "nowhere"]]
)
def test_a_wrong_call_is_exit_2_and_offers_the_nearest(make_project: MakeProject, words: list[str]) -> None:
    result = call(make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS}), *words)
    assert result.returncode == 2
    assert result.stderr


def test_help_prints_one_function(make_project: MakeProject) -> None:
    assert "median(runs.accuracy) gives" in call(make_project({}), "help", "median").stdout


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["--help"], {"pandas", "numpy", "yaml", "jinja2", "matplotlib", "site_builder.pipeline"}),
        (["--version"], {"pandas", "numpy", "yaml", "jinja2", "matplotlib"}),
        (["check"], {"pandas", "matplotlib", "jinja2", "numpy"}),
        (["build"], {"pandas", "matplotlib", "numpy"}),
    ],
)
def test_commands_import_only_what_they_need(
    make_project: MakeProject, words: list[str], unwanted: set[str]
) -> None:
    project = make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS})
    script = f"import sys; from site_builder.cli import run; run({words!r}); print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script]
    result = subprocess.run(
        command, cwd=project.root, env=environment, capture_output=True, text=True, check=True
    )
    assert not unwanted & set(result.stdout.splitlines()[-1].split())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_under_what_is_printed_is_no_bug(make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS})
    command = [sys.executable, "-m", "site_builder", "check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            command, cwd=project.root, env=environment, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert result.returncode == 2
    assert result.stderr.startswith("E-MACHINE  the system refuses: No space left on device")


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
@pytest.mark.parametrize("most", [8, 10, 12])
def test_too_few_open_files_are_no_bug(make_project: MakeProject, most: int) -> None:
    project = make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS})
    script = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_NOFILE, ({most}, {most}))\n"
        "from site_builder.cli import main; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", script, "build"],
        cwd=project.root,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert result.returncode in (0, 2)
    assert result.returncode == 0 or "E-" in result.stderr
    assert "Traceback" not in result.stderr


def test_cells_maps_every_part_to_its_cells(make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": "name,accuracy\n=x,50\nb,92\n"})
    lines = call(project, "cells").stdout.splitlines()
    assert lines[0] == "claim,verdict,part,outcome,evidence,place,column,row,role"
    assert lines[1] == "a,validated,best,matches,evidence/runs.csv,,accuracy,1,value"
    assert len(lines) == 1 + 2 + 2


def test_cells_names_every_cell_however_many_there_are(make_project: MakeProject) -> None:
    rows = "name,accuracy\n" + "".join(f"n{i},{i % 92 + 1}\n" for i in range(5_000))
    result = call(make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": rows}), "cells")
    assert len(result.stdout.splitlines()) == 1 + 2 * 5_000
    assert "+" not in result.stdout


def test_cells_says_beside_the_table_what_is_broken(make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": GOOD, "claims/b.yaml": BROKEN, "evidence/runs.csv": RUNS})
    result = call(project, "cells")
    assert result.returncode == 2
    assert "a,validated,best" in result.stdout
    assert "claims/b.yaml:4" in result.stderr


def test_a_folder_stands_for_its_claims(make_project: MakeProject) -> None:
    project = make_project(
        {"claims/f/a.yaml": GOOD, "claims/f/b.yaml": GOOD, "claims/c.yaml": FALSE, "evidence/runs.csv": RUNS}
    )
    assert last_line(call(project, "check", "claims/f/")) == "2 claims: 2 validated. all is well"


def test_mutate_names_claims_that_never_move(make_project: MakeProject) -> None:
    slack = "title: t\nstatement: s\nevidence: {runs: runs.csv}\nassertion: max(runs.accuracy) > 1\n"
    project = make_project({"claims/a.yaml": GOOD, "claims/b.yaml": slack, "evidence/runs.csv": RUNS})
    lines = call(project, "check", "--mutate", "--fragility", "--coverage").stdout.splitlines()
    still = lines.index("  1 of 2 claims never move:")
    assert lines[still + 1].split() == ["validated", "b"]
    assert "  evidence/runs.csv: column name" in lines


def test_a_number_typed_into_prose_is_told_and_breaks_nothing(make_project: MakeProject) -> None:
    typed = GOOD.replace("{{ best }}", "92 on 5 machines")
    result = call(make_project({"claims/a.yaml": typed, "evidence/runs.csv": RUNS}), "check")
    assert result.returncode == 0
    assert (
        "2 numbers are typed by hand into prose and bound to nothing, the first at claims/a.yaml:2:34"
        in result.stdout
    )
    verbose = call(make_project({}), "check", "-v").stdout
    assert verbose.count("W-UNBOUND") == 2


@pytest.mark.parametrize("output", ["/", "evidence/x", "claims", ".", ".."])
def test_build_does_not_write_over_what_it_is_made_from(make_project: MakeProject, output: str) -> None:
    project = make_project({"claims/a.yaml": GOOD, "evidence/runs.csv": RUNS})
    before = sorted(project.root.parent.rglob("*"))
    result = call(project, "build", "--output", output)
    assert (result.returncode, result.stdout) == (2, "")
    assert "E-OUTPUT" in result.stderr
    assert sorted(project.root.parent.rglob("*")) == before


def test_a_time_limit_that_is_no_number_is_a_wrong_call(make_project: MakeProject) -> None:
    assert call(make_project({"claims/a.yaml": GOOD}), "check", "--seconds", "nan").returncode == 2


def test_a_query_that_never_ends_costs_its_own_claim_only(make_project: MakeProject) -> None:
    def claim(query: str) -> str:
        return GOOD.replace("{runs: runs.csv}", f"{{runs: {{query: '{query}', tables: {{t: runs.csv}}}}}}")

    crossed = ", ".join(f"t AS t{n}" for n in range(40))
    queries = {
        "crossed": f"SELECT count(*) AS accuracy FROM {crossed}",
        "hoards": f"SELECT DISTINCT {', '.join(f't{n}.name' for n in range(40))} FROM {crossed}",
        "writes": "COPY t TO ''stolen.csv''",
    }
    files = {f"claims/{name}.yaml": claim(query) for name, query in queries.items()}
    files |= {
        "claims/a.yaml": claim("SELECT name, accuracy FROM t"),
        "claims/z.yaml": GOOD,
        "evidence/runs.csv": RUNS,
    }
    project = make_project(files)
    result = json.loads(call(project, "check", "--format", "json", "--seconds", "3").stdout)
    found = {c["id"]: (c["verdict"], [p["code"] for p in c["problems"]]) for c in result["claims"]}
    assert found["a"] == found["z"] == ("validated", [])
    assert found["crossed"] == ("broken", ["E-TIME"])
    assert found["hoards"] in [("broken", ["E-TIME"]), ("broken", ["E-QUERY"])]
    assert found["writes"] == ("broken", ["E-QUERY"])
    assert not list(project.root.rglob("*stolen*"))


def test_a_page_shows_a_query_and_the_files_it_reads(make_project: MakeProject) -> None:
    query = "{query: SELECT max(accuracy) AS accuracy FROM t WHERE name <> 'z', tables: {t: runs.csv}}"
    project = make_project({"claims/a.yaml": GOOD.replace("runs.csv", query), "evidence/runs.csv": RUNS})
    assert call(project, "build").returncode == 0
    pages = [path.read_text() for path in (project.root / "site").rglob("*.html")]
    shown = [page for page in pages if "WHERE name &lt;&gt; &#39;z&#39;" in page]
    assert len(shown) == 2
    digest = hashlib.sha256(RUNS.encode()).hexdigest()
    assert all(digest in page and "evidence/<wbr>runs.csv" in page for page in shown)
    explained = call(project, "explain", "a").stdout
    assert "| SELECT max(accuracy) AS accuracy FROM t WHERE name <> 'z'" in explained
    assert last_line(call(project, "check", "--coverage")).startswith("1 claim: 1 validated")


def test_parquet_that_bursts_costs_its_own_claim_only(make_project: MakeProject) -> None:
    zstd = ", COMPRESSION zstd"
    bombs = {
        "rows": parquet("SELECT 0 AS accuracy FROM range(60_000_000)", options=zstd),
        "text": parquet("SELECT 1 AS accuracy, repeat('x', 900_000) AS t FROM range(4000)", options=zstd),
        "cut": parquet("SELECT 1 AS accuracy")[:-9],
        "void": b"",
    }
    files: dict[str, str | bytes] = {"claims/a.yaml": GOOD, "claims/z.yaml": GOOD, "evidence/runs.csv": RUNS}
    for name, data in bombs.items():
        files |= {
            f"evidence/{name}.parquet": data,
            f"claims/{name}.yaml": GOOD.replace("runs.csv", f"{name}.parquet"),
        }
    found = {
        claim["id"]: (claim["verdict"], [problem["code"] for problem in claim["problems"]])
        for claim in json.loads(call(make_project(files), "check", "--format", "json").stdout)["claims"]
    }
    assert found == {
        "a": ("validated", []),
        "cut": ("broken", ["E-PARQUET"]),
        "rows": ("broken", ["E-SIZE"]),
        "text": ("broken", ["E-SIZE"]),
        "void": ("broken", ["E-PARQUET"]),
        "z": ("validated", []),
    }
