"""What of the evidence no verdict rests on, so that cherry-picking shows."""

from __future__ import annotations

from site_builder.pipeline import check
from site_builder.verdicts.coverage import unused_files
from site_builder.verdicts.decision import CoverageJson
from tests.conftest import MakeProject
from tests.pages import fakes

HEAD = "title: A\nstatement: s\n"
CLAIM = HEAD + "evidence: {t: t.csv}\n"
ROWS = "name,x,y\na,10,1\nb,20,2\nc,30,3\n"


def covered(make_project: MakeProject, files: dict[str, str | bytes]) -> CoverageJson:
    found = check(make_project(files), sheets=True).coverage
    assert found is not None
    return found


def test_unused_columns_rows_and_files_are_named(make_project: MakeProject) -> None:
    claim = CLAIM + 'assertion: one(t[name == "a"]).x == 10\n'
    files: dict[str, str | bytes] = {
        "evidence/t.csv": ROWS,
        "evidence/spare.csv": ROWS,
        "claims/a.yaml": claim,
    }
    found = covered(make_project, files)
    assert found["files_unused"] == ["evidence/spare.csv"]
    table = found["tables"][0]
    assert (table["rows"], table["rows_used"], table["rows_unused"]) == (3, 1, [[2, 3]])
    assert (table["columns"], table["columns_unused"]) == (3, ["y"])


def test_what_several_claims_use_is_united(make_project: MakeProject) -> None:
    first, last = (CLAIM + f'assertion: one(t[name == "{name}"]).x > 1\n' for name in "ac")
    found = covered(make_project, {"evidence/t.csv": ROWS, "claims/a.yaml": first, "claims/b.yaml": last})
    assert found["tables"][0]["rows_unused"] == [[2, 2]]


def test_rows_are_counted_exactly_where_too_many_are_used_to_list(make_project: MakeProject) -> None:
    rows = "x,arm\n" + "".join(f"{i},{'ab'[i % 2]}\n" for i in range(9_000))
    claim = CLAIM + 'assertion: all(t[arm == "a"].x >= 0)\n'
    table = covered(make_project, {"evidence/t.csv": rows, "claims/a.yaml": claim})["tables"][0]
    assert (table["rows_used"], len(table["rows_unused"])) == (4_500, 20)


def test_a_table_that_is_read_in_two_ways_is_one_table(make_project: MakeProject) -> None:
    plain = CLAIM + "assertion: max(t.x) == 30\n"
    declared = HEAD + "evidence: {u: {file: t.csv, missing: [none]}}\nassertion: max(u.y) == 3\n"
    found = covered(make_project, {"evidence/t.csv": ROWS, "claims/a.yaml": plain, "claims/b.yaml": declared})
    assert [(len(table["keys"]), table["columns_unused"]) for table in found["tables"]] == [(2, ["name"])]


def test_a_correction_s_cells_are_used(make_project: MakeProject) -> None:
    claim = (
        CLAIM + "assertion: max(t.x) > 99\ncorrection: {statement: s, reason: r, assertion: max(t.y) == 3}\n"
    )
    found = covered(make_project, {"evidence/t.csv": ROWS, "claims/a.yaml": claim})
    assert found["tables"][0]["columns_unused"] == ["name"]


def test_what_describes_other_files_is_no_evidence() -> None:
    known = ["evidence/datapackage.yaml", "evidence/a/README.md", "evidence/spare.csv"]
    assert unused_files(known, [fakes.sheet()]) == ("evidence/spare.csv",)


def test_a_check_without_sheets_does_not_find_out(make_project: MakeProject) -> None:
    assert check(make_project({"evidence/t.csv": ROWS, "claims/a.yaml": CLAIM})).coverage is None
