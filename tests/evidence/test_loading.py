"""Evidence named in a claim, loaded."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from textwrap import dedent

import pytest

from site_builder.evidence.loading import Loader
from site_builder.evidence.options import Options
from site_builder.evidence.reader import Reader, built_in
from site_builder.evidence.record import Evidence, Field, MissingEvidence, Origin
from site_builder.evidence.sheet import Sheet
from site_builder.files import SourceFile
from site_builder.problems import Mistake, Place, Problem

PLACE = Place("claims/a.yaml", 7, 3)
RUNS = "model,minutes,accuracy\n8B,90,73.5%\n3B,12,~40%\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "runs.csv", RUNS)
    return tmp_path


def write(root: Path, path: str, content: str | bytes) -> None:
    target = root / "evidence" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())


def load(root: Path, file: str, inside: str = "", **options: object) -> Evidence:
    return Loader(root).load("runs", file, inside, options, PLACE)


def problem(root: Path, file: str, inside: str = "", **options: object) -> Problem:
    with pytest.raises(Mistake) as caught:
        load(root, file, inside, **options)
    return caught.value.problem


def test_a_file_with_its_hash_and_rows(root: Path) -> None:
    found = load(root, "runs.csv")
    sha256 = hashlib.sha256(RUNS.encode()).hexdigest()
    assert (found.name, found.path, found.inside, found.sha256) == ("runs", "evidence/runs.csv", "", sha256)
    assert found.origins == (Origin("evidence/runs.csv", sha256, 2),)
    assert found.sheet.header == ("model", "minutes", "accuracy")
    assert found.fields == (Field("model"), Field("minutes"), Field("accuracy"))


def test_a_missing_file_is_placed_at_the_claim(root: Path) -> None:
    found = problem(root, "rums.csv")
    assert (found.code, found.place) == ("E-FILE", PLACE)
    assert "'runs.csv'" in found.hint


@pytest.mark.parametrize(
    "file", ["../runs.csv", "/etc/passwd", "a//b.csv", ".git/config", "x/../runs.csv", ""]
)
def test_a_path_never_leaves_the_evidence(root: Path, file: str) -> None:
    assert problem(root, file).code == "E-PATH"


def test_what_the_claim_declares_of_columns(root: Path) -> None:
    found = load(
        root,
        "runs.csv",
        columns={"accuracy": "quantity", "minutes": "number"},
        units={"minutes": "min"},
        missing=["-"],
    )
    assert found.fields == (
        Field("model", None, "", ("-",)),
        Field("minutes", "number", "min", ("-",)),
        Field("accuracy", "quantity", "", ("-",)),
    )


def test_columns_may_be_declared_by_the_names_they_have_in_expressions(root: Path) -> None:
    write(root, "a.csv", "Time (s)\n1\n")
    assert load(root, "a.csv", columns={"Time_s": "reported"}).fields[0].type == "reported"


@pytest.mark.parametrize("option", ["columns", "units"])
def test_a_declared_column_must_be_there(root: Path, option: str) -> None:
    value = {"accurcy": "number" if option == "columns" else "%"}
    options: dict[str, object] = {option: value}
    found = problem(root, "runs.csv", "", **options)
    assert found.message == "there is no column 'accurcy' in evidence/runs.csv"
    assert found.hint == "did you mean 'accuracy'?"
    assert found.place == PLACE


def test_an_unknown_option_is_placed_at_the_claim(root: Path) -> None:
    found = problem(root, "runs.csv", sepp=";")
    assert (found.code, found.place) == ("E-OPTION", PLACE)


def test_a_mistake_in_the_file_is_placed_in_the_file(root: Path) -> None:
    write(root, "bad.csv", "a,b\n1\n")
    assert str(problem(root, "bad.csv").place) == "evidence/bad.csv:2"


def test_a_mistake_about_the_place_is_placed_at_the_claim(root: Path) -> None:
    assert problem(root, "runs.csv", "results").place == PLACE


def test_an_ending_that_nobody_owns_lists_the_formats(root: Path) -> None:
    write(root, "runs.xyz", RUNS)
    found = problem(root, "runs.xyz")
    assert found.code == "E-FORMAT"
    assert "csv, html, json, jsonl, markdown, parquet, rst, text, yaml" in found.hint


def test_a_format_may_be_declared(root: Path) -> None:
    write(root, "runs.txt", RUNS)
    assert load(root, "runs.txt", format="csv").sheet == load(root, "runs.csv").sheet


@pytest.mark.parametrize("name", ["tsv", ".tsv", "ndjson", "md"])
def test_a_format_may_be_named_by_an_ending(root: Path, name: str) -> None:
    write(root, "a.data", "a\tb\n1\t2\n")
    write(root, "b.data", '{"a": 1, "b": 2}\n')
    write(root, "c.data", "|a|b|\n|-|-|\n|1|2|\n")
    file = {"tsv": "a", ".tsv": "a", "ndjson": "b", "md": "c"}[name]
    assert load(root, f"{file}.data", format=name).sheet.cells == (("1",), ("2",))


def test_an_unknown_format_offers_the_nearest(root: Path) -> None:
    assert problem(root, "runs.csv", format="cvs").hint == "did you mean 'csv'?"


def test_endings_are_known_in_capitals(root: Path) -> None:
    write(root, "RUNS.CSV", RUNS)
    assert len(load(root, "RUNS.CSV").sheet) == 2


def test_an_option_that_would_change_nothing_is_refused(root: Path) -> None:
    write(root, "a.json", "[1]")
    found = problem(root, "a.json", delimiter=";")
    assert found.message == "the option `delimiter` means nothing for JSON (evidence/a.json)"
    assert found.place == PLACE


def test_gzip_is_unpacked_and_its_own_bytes_hashed(root: Path) -> None:
    data = gzip.compress(RUNS.encode(), mtime=0)
    write(root, "runs.csv.gz", data)
    found = load(root, "runs.csv.gz")
    assert found.sheet == load(root, "runs.csv").sheet
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_a_cell_pattern(root: Path) -> None:
    write(root, "a.csv", "time\n0.082s (1.00x)\n")
    assert load(root, "a.csv", cell={"time": r"\((.*)x\)"}).sheet.cells == (("1.00",),)


class TestPatterns:
    """Rows by pattern."""

    LOG = "# setup\nstep 1 loss 9\n## Run\nstep 2 loss 8\nstep 3 loss 7\n## End\nstep 4 loss 6\n"
    STEP = r"step (?P<step>\d) loss (?P<loss>\d)"

    def test_a_log(self, root: Path) -> None:
        write(root, "a.log", self.LOG)
        found = load(root, "a.log", pattern=self.STEP)
        assert found.sheet.cells == (("1", "2", "3", "4"), ("9", "8", "7", "6"))
        assert found.sheet.lines == [2, 4, 5, 7]
        assert found.notes == ("the pattern matches in 4 of 7 lines; 3 are left out",)

    def test_a_section_of_a_document(self, root: Path) -> None:
        write(root, "a.md", self.LOG)
        found = load(root, "a.md", "run", pattern=self.STEP)
        assert (found.sheet.cells[0], found.sheet.lines) == (("2", "3"), [4, 5])

    def test_headings_above(self, root: Path) -> None:
        write(root, "a.md", self.LOG)
        found = load(root, "a.md", pattern=self.STEP, under=r"^#+ (?P<part>\w+)")
        assert found.sheet.cells[0] == ("setup", "Run", "Run", "End")

    def test_lines_may_be_skipped(self, root: Path) -> None:
        write(root, "a.log", self.LOG)
        assert load(root, "a.log", pattern=self.STEP, skip="3").sheet.lines == [4, 5, 7]

    def test_no_match_is_no_rows(self, root: Path) -> None:
        write(root, "a.log", "nothing\n")
        found = load(root, "a.log", pattern=self.STEP)
        assert (found.sheet.header, len(found.sheet)) == (("step", "loss"), 0)

    def test_a_log_has_no_places(self, root: Path) -> None:
        write(root, "a.log", self.LOG)
        assert problem(root, "a.log", "run", pattern=self.STEP).code == "E-PLACE"

    def test_json_is_not_read_by_pattern(self, root: Path) -> None:
        write(root, "a.json", "{}")
        assert "not read by pattern" in problem(root, "a.json", pattern="x").message

    def test_a_bad_pattern_is_placed_at_the_claim(self, root: Path) -> None:
        assert problem(root, "runs.csv", pattern="(").place == PLACE


class TestGlobs:
    """Several files as one table."""

    @pytest.fixture
    def many(self, root: Path) -> Path:
        write(root, "by/b.csv", "n\n3\n")
        write(root, "by/a.csv", "n\n1\n2\n")
        return root

    def test_files_are_stacked_in_order(self, many: Path) -> None:
        found = load(many, "by/*.csv")
        assert found.sheet.header == ("_file", "n")
        assert found.sheet.cells == (("by/a.csv", "by/a.csv", "by/b.csv"), ("1", "2", "3"))
        assert [(origin.path, origin.rows) for origin in found.origins] == [
            ("evidence/by/a.csv", 2),
            ("evidence/by/b.csv", 1),
        ]

    def test_the_hash_is_of_the_listing(self, many: Path) -> None:
        found = load(many, "by/*.csv")
        listing = "".join(f"{origin.path} {origin.sha256}\n" for origin in found.origins)
        assert found.sha256 == hashlib.sha256(listing.encode()).hexdigest()

    def test_different_headers_name_the_file(self, many: Path) -> None:
        write(many, "by/c.csv", "m\n1\n")
        found = problem(many, "by/*.csv")
        assert found.message == "by/c.csv lacks n and has m besides, compared with by/a.csv"
        assert found.place == PLACE

    def test_no_file_is_no_rows_and_no_mistake(self, many: Path) -> None:
        found = load(many, "none/*.csv")
        assert (len(found.sheet), found.origins, found.notes) == (0, (), ("no file fits none/*.csv",))

    def test_no_file_has_the_columns_that_are_declared(self, many: Path) -> None:
        found = load(many, "none/*.csv", columns={"n": "number"})
        assert (found.sheet.header, found.sheet.cells) == (("n",), ((),))
        assert found.fields == (Field("n", "number"),)

    def test_links_are_passed_over_and_counted(self, many: Path) -> None:
        (many / "evidence/by/z.csv").symlink_to(many / "evidence/runs.csv")
        assert load(many, "by/*.csv").notes == ("1 links that fit by/*.csv are not followed",)

    def test_a_place_holds_for_each_file(self, many: Path) -> None:
        write(many, "js/a.json", '{"r": [{"n": 1}]}')
        write(many, "js/b.json", '{"r": [{"n": 2}, {"n": 3}]}')
        assert load(many, "js/*.json", "$.r[*]").sheet.cells[1] == ("1", "2", "3")

    def test_the_paths_without_opening(self, many: Path) -> None:
        loader = Loader(many)
        assert loader.paths("by/*.csv") == ("evidence/by/a.csv", "evidence/by/b.csv")
        assert loader.paths("none.csv") == ("evidence/none.csv",)

    def test_what_is_furthest_from_the_measurement_counts(self, many: Path) -> None:
        package = "resources: [{path: a.csv, kind: primary}, {path: b.csv, kind: transcribed}]"
        write(many, "by/datapackage.yaml", package)
        assert load(many, "by/*.csv").kind == "transcribed"


class TestPackages:
    """What a datapackage adds."""

    PACKAGE = """
        resources:
          - path: runs.csv
            title: Runs
            description: All of them
            kind: transcribed
            sources: [{title: Notes, path: https://example.org}]
            licenses: [{name: CC0-1.0}]
            schema:
              missingValues: [n/a]
              fields:
                - {name: minutes, type: number, unit: min}
                - {name: accuracy, type: string, as: quantity, unit: "%"}
          - {path: absent.csv, kind: primary}
        """

    @pytest.fixture
    def described(self, root: Path) -> Path:
        write(root, "datapackage.yaml", self.PACKAGE)
        return root

    def test_what_is_said_of_the_file(self, described: Path) -> None:
        found = load(described, "runs.csv")
        assert (found.kind, found.title, found.description) == ("transcribed", "Runs", "All of them")
        assert found.sources == (("Notes", "https://example.org"),)
        assert found.licenses == (("CC0-1.0", ""),)

    def test_what_is_said_of_the_columns(self, described: Path) -> None:
        assert load(described, "runs.csv").fields == (
            Field("model", None, "", ("n/a",)),
            Field("minutes", "number", "min", ("n/a",)),
            Field("accuracy", "quantity", "%", ("n/a",)),
        )

    def test_the_claim_goes_first(self, described: Path) -> None:
        found = load(
            described, "runs.csv", columns={"accuracy": "text"}, units={"minutes": "h"}, missing=["-"]
        )
        assert found.fields[1:] == (
            Field("minutes", "number", "h", ("-", "n/a")),
            Field("accuracy", "text", "%", ("-", "n/a")),
        )

    def test_a_file_described_but_absent_is_missing_evidence(self, described: Path) -> None:
        with pytest.raises(
            MissingEvidence, match=r"evidence/absent.csv is described in evidence/datapackage.yaml"
        ):
            load(described, "absent.csv")

    def test_a_file_not_described_and_absent_is_a_mistake(self, described: Path) -> None:
        assert problem(described, "other.csv").code == "E-FILE"

    def test_a_described_column_must_be_there(self, root: Path) -> None:
        write(root, "datapackage.yaml", "resources: [{path: runs.csv, schema: {fields: [{name: modle}]}}]")
        found = problem(root, "runs.csv")
        assert (
            found.message
            == "evidence/datapackage.yaml describes a column 'modle' that evidence/runs.csv has not"
        )
        assert found.hint == "did you mean 'model'?"
        assert found.place is not None
        assert found.place.path == "evidence/datapackage.yaml"

    def test_the_dialect_is_read(self, root: Path) -> None:
        write(root, "a.csv", "1;2\n")
        write(
            root, "datapackage.yaml", "resources: [{path: a.csv, dialect: {delimiter: ';', header: false}}]"
        )
        assert load(root, "a.csv").sheet.cells == (("1",), ("2",))

    def test_a_bad_dialect_is_placed_in_the_package(self, root: Path) -> None:
        write(root, "datapackage.yaml", "resources:\n- path: runs.csv\n  dialect: {header: many}\n")
        assert str(problem(root, "runs.csv").place) == "evidence/datapackage.yaml:2"


class TestOneRun:
    """Each file is read once, and is the same all through the run."""

    def counting(self, calls: list[str]) -> tuple[Reader, ...]:
        def read(source: SourceFile, inside: str, options: Options) -> Sheet:
            calls.append(inside)
            return Sheet(("a",), (("1",),), natives=(None,))

        return (Reader("fake", "fake", (".csv",), read, lambda source, options: (), ("skip",)),)

    def test_a_sheet_is_read_once(self, root: Path) -> None:
        calls: list[str] = []
        loader = Loader(root, self.counting(calls))
        for options in ({}, {"columns": {"a": "number"}}, {"missing": ["-"]}):
            loader.load("x", "runs.csv", "", options)
        assert calls == [""]

    def test_another_place_or_option_is_another_sheet(self, root: Path) -> None:
        calls: list[str] = []
        loader = Loader(root, self.counting(calls))
        loader.load("x", "runs.csv")
        loader.load("x", "runs.csv", "place")
        loader.load("x", "runs.csv", "", {"skip": "1"})
        assert calls == ["", "place", ""]

    def test_a_file_that_changes_between_two_readings_is_noticed(self, root: Path) -> None:
        loader = Loader(root)
        loader.load("x", "runs.csv")
        write(root, "runs.csv", "model\n8B\n")
        with pytest.raises(Mistake, match=r"has changed since it was first read"):
            loader.load("x", "runs.csv", "", {"header": "0"})

    def test_bytes_other_than_those_expected_are_refused(self, root: Path) -> None:
        loader = Loader(root, expected={"evidence/runs.csv": "0" * 64})
        with pytest.raises(Mistake) as caught:
            loader.load("x", "runs.csv")
        assert caught.value.problem.code == "E-CHANGED"

    def test_two_readers_of_one_ending_are_a_bug(self, root: Path) -> None:
        with pytest.raises(ValueError, match=r"two readers own '\.csv'"):
            Loader(root, (*built_in(), *self.counting([])))


def test_a_typeset_sheet_is_passed_on_untyped(root: Path) -> None:
    write(root, "a.md", "| a |\n|---|\n| 0.082 |\n")
    found = load(root, "a.md")
    assert found.sheet.typeset
    assert found.fields == (Field("a"),)
