"""Where a project is, its settings, and the files gathered from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.problems import Mistake, Problem
from site_builder.project import Settings, find_project, gather, open_project, read_settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "claims/speed").mkdir(parents=True)
    (tmp_path / "claims/speed/a.yaml").write_text("title: A\n")
    return tmp_path


def settings_problem(root: Path, text: str) -> Problem:
    (root / "pyproject.toml").write_text(text)
    with pytest.raises(Mistake) as caught:
        read_settings(root)
    return caught.value.problem


def test_the_project_is_found_from_a_folder_inside(root: Path) -> None:
    assert find_project(root / "claims/speed").root == root.resolve()


def test_the_project_knows_its_folders(root: Path) -> None:
    project = find_project(root)
    folders = (project.claims_dir, project.evidence_dir, project.templates_dir, project.site_dir)
    assert [folder.relative_to(project.root).as_posix() for folder in folders] == [
        "claims",
        "evidence",
        "templates",
        "site",
    ]


def test_a_package_named_claims_is_no_project(root: Path) -> None:
    package = root / "tool/claims"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    assert find_project(root / "tool").root == root.resolve()


def test_without_a_project_the_next_step_is_said(tmp_path: Path) -> None:
    with pytest.raises(Mistake) as caught:
        find_project(tmp_path)
    assert caught.value.problem.code == "E-PROJECT"
    assert "mkdir claims evidence" in caught.value.problem.hint


def test_settings_are_optional(root: Path) -> None:
    assert open_project(root).settings == Settings()


def test_a_pyproject_of_something_else_has_no_settings(root: Path) -> None:
    (root / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert read_settings(root) == Settings()


def test_settings_are_read(root: Path) -> None:
    (root / "pyproject.toml").write_text(
        '[tool.claims]\ntitle = "Speed"\ndescription = "How fast"\nbase_url = "https://example.org/x/"\n'
    )
    assert read_settings(root) == Settings("Speed", "How fast", "https://example.org/x/")


def test_an_unknown_setting_offers_the_nearest_and_its_line(root: Path) -> None:
    found = settings_problem(root, '[tool.other]\ntitel = 1\n[tool.claims]\n\ntitel = "x"\n')
    assert found.code == "E-SETTINGS"
    assert "'title'" in found.hint
    assert found.place is not None
    assert (found.place.line, found.place.column) == (5, 1)


def test_a_setting_of_the_wrong_kind(root: Path) -> None:
    assert "must be a text" in settings_problem(root, "[tool.claims]\ntitle = 3\n").message


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", "ftp://example.org", "https://a b"])
def test_a_base_url_must_be_an_address(root: Path, url: str) -> None:
    assert "no http(s) address" in settings_problem(root, f'[tool.claims]\nbase_url = "{url}"\n').message


def test_broken_toml_has_its_line(root: Path) -> None:
    found = settings_problem(root, "[tool.claims]\ntitle = \n")
    assert found.place is not None
    assert (found.place.line, found.place.text) == (2, "title = ")


def test_a_table_that_is_none(root: Path) -> None:
    assert "must be a table" in settings_problem(root, "[tool]\nclaims = 3\n").message


def test_toml_that_is_not_utf8(root: Path) -> None:
    (root / "pyproject.toml").write_bytes(b"[tool.claims]\ntitle = '\xff'\n")
    with pytest.raises(Mistake, match="not TOML"):
        read_settings(root)


def test_claims_and_reports_are_gathered_in_order(root: Path) -> None:
    for name in ("z.yml", "index.md", "notes.txt", ".hidden.yaml", "speed/b.yaml"):
        (root / "claims" / name).write_text("x")
    found = gather(open_project(root))
    assert [source.path for source in found.sources] == [
        "claims/index.md",
        "claims/speed/a.yaml",
        "claims/speed/b.yaml",
        "claims/z.yml",
    ]
    assert not found.problems


def test_gathered_files_have_their_bytes(root: Path) -> None:
    assert gather(open_project(root)).sources[0].data == b"title: A\n"


def test_a_link_is_a_problem_and_the_others_are_still_gathered(root: Path) -> None:
    (root / "claims/b.yaml").symlink_to("/etc/passwd")
    found = gather(open_project(root))
    assert [problem.code for problem in found.problems] == ["E-LINK"]
    assert [source.path for source in found.sources] == ["claims/speed/a.yaml"]


def test_an_odd_name_is_a_problem(root: Path) -> None:
    (root / "claims/a\u202eb.yaml").write_text("x")
    (found,) = gather(open_project(root)).problems
    assert found.code == "E-PATH"


def test_too_large_a_claim_is_a_problem(root: Path) -> None:
    (root / "claims/b.yaml").write_bytes(b"x" * 5_000_001)
    (found,) = gather(open_project(root)).problems
    assert found.code == "E-SIZE"
    assert found.place is not None
    assert found.place.path == "claims/b.yaml"
