"""What stands beside evidence."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from site_builder.evidence.datapackage import Packages, Resource, read_package
from site_builder.evidence.record import Field
from site_builder.files import read_file
from site_builder.problems import Mistake, Problem

FULL = """
    title: Runs
    licenses: [{name: CC-BY-4.0, title: Attribution, path: https://example.org/by}]
    sources: [{title: Lab, path: https://example.org}]
    resources:
      - path: runs.csv
        title: All runs
        description: One row a run.
        kind: transcribed
        encoding: latin-1
        dialect: {delimiter: ";", header: false, commentChar: "#"}
        schema:
          missingValues: ["", n/a, -1]
          fields:
            - {name: minutes, type: number, unit: min, title: Time, description: Wall clock}
            - {name: episodes, type: integer, as: quantity}
            - {name: model, type: string, missingValues: ["?"]}
            - {name: ok, type: boolean}
            - {name: day, type: date}
            - {name: other, type: any}
      - path: old/*.csv
        sources: [Notebook 7]
        licenses: [{name: PDDL-1.0}]
      - path: report.md#results
        title: The table of results
      - path: report.md
        title: The report
"""


def write(root: Path, text: str, path: str = "evidence/datapackage.yaml") -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(dedent(text))


@pytest.fixture
def packages(tmp_path: Path) -> Packages:
    write(tmp_path, FULL)
    return Packages(tmp_path)


def resource(packages: Packages, path: str, inside: str = "") -> Resource:
    found = packages.resource(path, inside)
    assert found is not None
    return found


def problem(root: Path, text: str) -> Problem:
    write(root, text)
    with pytest.raises(Mistake) as caught:
        read_package(read_file(root, "evidence/datapackage.yaml"))
    return caught.value.problem


def test_what_is_said_of_a_file(packages: Packages) -> None:
    found = resource(packages, "evidence/runs.csv")
    assert (found.kind, found.title, found.description) == ("transcribed", "All runs", "One row a run.")
    assert found.package == "evidence/datapackage.yaml"


def test_the_columns(packages: Packages) -> None:
    missing = ("n/a", "-1")
    assert resource(packages, "evidence/runs.csv").fields == (
        Field("minutes", "number", "min", missing, "Time", "Wall clock"),
        Field("episodes", "quantity", "", missing),
        Field("model", "text", "", ("?",)),
        Field("ok", "truth", "", missing),
        Field("day", "date", "", missing),
        Field("other", None, "", missing),
    )


def test_the_dialect_as_options(packages: Packages) -> None:
    assert resource(packages, "evidence/runs.csv").options == {
        "delimiter": ";",
        "header": "0",
        "comment": "#",
        "encoding": "latin-1",
    }


def test_sources_and_licences_of_the_package_hold_for_its_files(packages: Packages) -> None:
    found = resource(packages, "evidence/runs.csv")
    assert found.sources == (("Lab", "https://example.org"),)
    assert found.licenses == (("Attribution", "https://example.org/by"),)


def test_those_of_the_resource_go_first(packages: Packages) -> None:
    found = resource(packages, "evidence/old/a.csv")
    assert found.sources == (("Notebook 7", ""),)
    assert found.licenses == (("PDDL-1.0", ""),)


def test_a_glob_speaks_of_each_file(packages: Packages) -> None:
    assert resource(packages, "evidence/old/a.csv") is resource(packages, "evidence/old/b.csv")


def test_a_place_in_a_file_goes_before_the_file(packages: Packages) -> None:
    assert resource(packages, "evidence/report.md", "results").title == "The table of results"
    assert resource(packages, "evidence/report.md", "other").title == "The report"


def test_nothing_is_said_of_other_files(packages: Packages) -> None:
    assert packages.resource("evidence/none.csv", "") is None


def test_the_nearest_package_that_speaks_of_a_file_counts(tmp_path: Path) -> None:
    write(tmp_path, "resources: [{path: a/x.csv, title: far}, {path: a/y.csv, title: far}]")
    write(tmp_path, "resources: [{path: x.csv, title: near}]", "evidence/a/datapackage.yaml")
    packages = Packages(tmp_path)
    assert resource(packages, "evidence/a/x.csv").title == "near"
    assert resource(packages, "evidence/a/y.csv").title == "far"


def test_json_packages(tmp_path: Path) -> None:
    write(
        tmp_path,
        '{"resources": [{"path": "a.csv", "name": "a", "dialect": {"headerRows": [3, 4]}}]}',
        "evidence/datapackage.json",
    )
    found = resource(Packages(tmp_path), "evidence/a.csv")
    assert (found.title, found.options) == ("a", {"header": "2", "skip": "2"})


def test_two_packages_in_one_folder_are_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, "{}")
    write(tmp_path, "{}", "evidence/datapackage.json")
    with pytest.raises(Mistake) as caught:
        Packages(tmp_path).resource("evidence/a.csv", "")
    assert caught.value.problem.hint == "keep one"


def test_a_package_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "resources: [{path: a.csv, title: first}]")
    packages = Packages(tmp_path)
    packages.resource("evidence/a.csv", "")
    write(tmp_path, "resources: [{path: a.csv, title: second}]")
    assert resource(packages, "evidence/a.csv").title == "first"


def test_an_empty_package_says_nothing(tmp_path: Path) -> None:
    write(tmp_path, "resources: []\n")
    assert Packages(tmp_path).resource("evidence/a.csv", "") is None


BROKEN: list[tuple[str, int, str, str]] = [
    ("- a", 0, "the package must be a mapping", ""),
    ("resources: {path: a.csv}", 1, "`resources` must be a list", "- path:"),
    ("resource:\n- path: a.csv", 1, "a package has no 'resource'", "'resources'"),
    ("resources:\n- titel: x\n  path: a", 2, "a resource has no 'titel'", "'title'"),
    ("resources:\n- title: x", 2, "a resource needs a `path`", ""),
    ("resources:\n- path: [a.csv, b.csv]", 2, "a resource needs a `path`, one file or a glob", ""),
    ("resources:\n- path: ../a.csv", 2, "climbs out", ""),
    ("resources:\n- path: https://x/a.csv", 2, "it is an address", ""),
    ("resources:\n- path: a\n  kind: secondary", 3, "no kind of evidence 'secondary'", "primary"),
    ("resources:\n- path: a\n  title: [x]", 3, "`title` must be a text", ""),
    ("resources:\n- path: a\n  schema: x", 3, "a schema must be a mapping", ""),
    ("resources:\n- path: a\n  schema:\n    fields: x", 4, "`fields` must be a list", ""),
    ("resources:\n- path: a\n  schema:\n    fields:\n    - {type: number}", 5, "a field needs a `name`", ""),
    (
        "resources:\n- path: a\n  schema:\n    fields:\n    - name: x\n      type: nmber",
        6,
        "'nmber'",
        "'number'",
    ),
    (
        "resources:\n- path: a\n  schema:\n    fields:\n    - name: x\n      as: numbr",
        6,
        "'numbr'",
        "quantity",
    ),
    ("resources:\n- path: a\n  schema:\n    fields:\n    - name: x\n      unti: s", 6, "'unti'", "'unit'"),
    ("resources:\n- path: a\n  schema: {missingValues: [[x]]}", 3, "must be a list of texts", ""),
    ("resources:\n- path: a\n  sources: [[x]]", 3, "an item of `sources` must be a mapping", ""),
    ("resources:\n- path: a\n  dialect: {delimeter: x}", 3, "a dialect has no 'delimeter'", "'delimiter'"),
]


@pytest.mark.parametrize(("text", "line", "message", "hint"), BROKEN)
def test_a_broken_package(tmp_path: Path, text: str, line: int, message: str, hint: str) -> None:
    found = problem(tmp_path, text)
    assert message in found.message
    assert hint in found.hint
    assert found.place is not None
    assert (found.place.path, found.place.line) == ("evidence/datapackage.yaml", line)


def test_properties_of_ones_own_are_allowed(tmp_path: Path) -> None:
    write(tmp_path, "x_lab: 7\nresources:\n- path: a.csv\n  colour: green\n")
    assert len(read_package(read_file(tmp_path, "evidence/datapackage.yaml"))) == 1
