"""What counts as a change of the sources: other contents, under whatever name and however they came there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.preview import sources as sources_module
from site_builder.preview.sources import Sources
from site_builder.project import Project
from tests.conftest import MakeProject

FILES = {
    "claims/a.yaml": "title: a\n",
    "claims/deep/er/b.yaml": "title: b\n",
    "evidence/runs.csv": "x\n1\n",
    "templates/base.html": "<html>\n",
    "pyproject.toml": "[tool.claims]\n",
}


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    return make_project(FILES)


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("whole", [True, False])
def test_a_change_of_any_source_is_found_once(project: Project, path: str, whole: bool) -> None:
    sources = Sources(project.root)
    (project.root / path).write_text(FILES[path] + "# more\n")
    assert sources.look(None if whole else [path]) == {path}
    assert sources.look() == frozenset()


def test_a_change_of_the_same_size_and_time_is_found(project: Project) -> None:
    file = project.root / "claims/a.yaml"
    before = os.stat(file)
    sources = Sources(project.root)
    file.write_text("title: z\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert sources.look() == {"claims/a.yaml"}


@pytest.mark.parametrize("where", [None, ["claims/a.yaml"], ["claims"]])
def test_a_touch_and_the_same_contents_again_change_nothing(
    project: Project, where: list[str] | None
) -> None:
    sources = Sources(project.root)
    file = project.root / "claims/a.yaml"
    os.utime(file, (1, 1))
    assert sources.look(where) == frozenset()
    other = project.root / "claims/.a.swp"
    other.write_text(FILES["claims/a.yaml"])
    other.replace(file)
    assert sources.look(where) == frozenset()


def test_new_files_and_folders_are_found(project: Project) -> None:
    sources = Sources(project.root)
    new = project.root / "evidence/some/where"
    new.mkdir(parents=True)
    (new / "more.csv").write_text("x\n")
    assert sources.look(["evidence/some"]) == {"evidence/some/where/more.csv"}


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_gone_is_found(project: Project, whole: bool) -> None:
    sources = Sources(project.root)
    (project.root / "claims/deep").rename(project.root / "claims/deeper")
    where = None if whole else ["claims/deep", "claims/deeper"]
    assert sources.look(where) == {"claims/deep/er/b.yaml", "claims/deeper/er/b.yaml"}
    (project.root / "pyproject.toml").unlink()
    assert sources.look(None if whole else ["pyproject.toml"]) == {"pyproject.toml"}


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "site/x.html",
        "claims/.a.yaml.swp",
        "evidence/.cache/x.csv",
        ".git/HEAD",
        "src/claims/a.yaml",
    ],
)
def test_other_files_and_hidden_ones_do_not_count(project: Project, path: str) -> None:
    sources = Sources(project.root)
    file = project.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x")
    assert sources.look([path]) == frozenset()
    assert sources.look() == frozenset()


def test_a_folder_that_is_missing_is_no_error_and_may_come(make_project: MakeProject) -> None:
    project = make_project({"claims/a.yaml": "title: a\n"})
    sources = Sources(project.root)
    project.templates_dir.mkdir()
    (project.templates_dir / "base.html").write_text("x")
    assert sources.look(["templates"]) == {"templates/base.html"}


def test_links_are_not_followed_out_of_claims_and_evidence(project: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.csv").write_text("1")
    (project.root / "evidence/link.csv").symlink_to(outside / "x.csv")
    (project.root / "evidence/folder").symlink_to(outside)
    os.mkfifo(project.root / "evidence/pipe.csv")
    sources = Sources(project.root)
    (outside / "x.csv").write_text("2")
    assert sources.look() == frozenset()
    (project.root / "evidence/link.csv").unlink()
    (project.root / "evidence/link.csv").symlink_to(outside / "y.csv")
    assert sources.look() == {"evidence/link.csv"}


def test_a_shared_template_is_followed(project: Project, tmp_path: Path) -> None:
    shared = tmp_path / "claim.html"
    shared.write_text("1")
    (project.root / "templates/claim.html").symlink_to(shared)
    sources = Sources(project.root)
    shared.write_text("22")
    assert sources.look() == {"templates/claim.html"}


def test_a_large_file_is_told_by_its_size_and_times(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources_module, "HASHED_BYTES", 3)
    sources = Sources(project.root)
    assert sources.look() == frozenset()
    (project.root / "evidence/runs.csv").write_text("x\n2\n")
    assert "evidence/runs.csv" in sources.look()


def test_a_settled_file_is_not_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources_module, "_YOUNG_SECONDS", -1.0)
    sources = Sources(project.root)

    def fail(*_: object) -> str:
        raise AssertionError("it was read again")

    monkeypatch.setattr(sources_module, "_content", fail)
    assert sources.look() == frozenset()
    with pytest.raises(AssertionError):
        sources.look(["claims/a.yaml"])


def test_the_claim_or_report_modified_last_is_known(project: Project) -> None:
    (project.root / "claims/index.md").write_text("# Hello\n")
    for number, path in enumerate(
        ["claims/a.yaml", "claims/index.md", "claims/deep/er/b.yaml", "evidence/runs.csv"]
    ):
        os.utime(project.root / path, (1_000 + number, 1_000 + number))
    sources = Sources(project.root)
    assert sources.latest() == "claims/deep/er/b.yaml"
    before = sources.mark("claims/deep/er/b.yaml")
    os.utime(project.root / "claims/deep/er/b.yaml", (2_000, 2_000))
    sources.look(["claims/deep/er/b.yaml"])
    assert sources.mark("claims/deep/er/b.yaml") != before
    assert sources.mark("claims/gone.yaml") == ""


def test_an_empty_project_has_no_latest_claim(make_project: MakeProject) -> None:
    assert Sources(make_project({}).root).latest() == ""
