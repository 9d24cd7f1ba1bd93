"""The same input gives the same bytes, whatever the machine, the user, the place and the settings around it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("finding-4-hybrid-distillation", "finding-5-rl-vs-supervised")
EPOCH = "1700000000"
STYLE = """
lines.linewidth: 9
lines.markeredgewidth: 5
markers.fillstyle: none
patch.linewidth: 7
svg.fonttype: path
path.sketch: 2, 100, 2
figure.dpi: 33
savefig.bbox: tight
"""
"""A matplotlibrc that would show in any drawing."""
Tree = dict[str, tuple[bytes, int]]

pytestmark = pytest.mark.heavy


def tree(site: Path) -> Tree:
    """Path → bytes and mode of every file and folder."""
    paths = [site, *site.rglob("*")]
    return {
        path.relative_to(site).as_posix(): (path.read_bytes() if path.is_file() else b"", path.stat().st_mode)
        for path in paths
    }


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of the findings that ship, with plots of several kinds, and what they rest on."""
    root = tmp_path_factory.mktemp("sources")
    for name in FOLDERS:
        shutil.copytree(ROOT / "claims" / name, root / "claims" / name)
    shutil.copytree(ROOT / "evidence", root / "evidence")
    return root


@pytest.fixture(scope="module")
def expected(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    built = build(sources, tmp_path_factory.mktemp("expected"))
    assert len(built) > 50
    assert any(path.endswith(".svg") for path in built)
    return built


def build(
    project: Path | str,
    folder: Path,
    *words: str,
    cwd: Path = ROOT,
    script: str = "",
    umask: int = -1,
    settings: Mapping[str, str | None] = MappingProxyType({}),
) -> Tree:
    """What a build writes to a place in the folder, under settings of the environment (None: without)."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": EPOCH, **settings}
    code = f"{script}\nfrom site_builder.cli import main\nmain()"
    subprocess.run(
        [sys.executable, "-P", "-c", code, "build", "-C", str(project), "-o", str(folder / "site"), *words],
        cwd=cwd,
        env={key: value for key, value in environment.items() if value is not None},
        umask=umask,
        check=True,
        capture_output=True,
    )
    return tree(folder / "site")


def assert_same(found: Tree, expected: Tree) -> None:
    differing = {path for path in found.keys() | expected.keys() if found.get(path) != expected.get(path)}
    assert differing == set()


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"},
        {"OPENBLAS_NUM_THREADS": "7", "OMP_NUM_THREADS": "3", "MKL_NUM_THREADS": "2"},
        {"USER": "nobody", "LOGNAME": "nobody", "HOME": "/nonexistent", "MPLCONFIGDIR": "/proc/none"},
        {"MPLBACKEND": "pdf", "COLUMNS": "20", "NO_COLOR": "1", "PYTHONOPTIMIZE": "1"},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_the_environment_does_not_show(
    sources: Path, expected: Tree, tmp_path: Path, settings: dict[str, str]
) -> None:
    assert_same(build(sources, tmp_path, settings=settings), expected)


@pytest.mark.skipif(os.name != "posix", reason="umask is POSIX's")
def test_the_umask_does_not_show(sources: Path, expected: Tree, tmp_path: Path) -> None:
    assert_same(build(sources, tmp_path, umask=0o077), expected)


@pytest.mark.parametrize("jobs", ["2", "5"])
def test_the_number_of_processes_does_not_show(
    sources: Path, expected: Tree, tmp_path: Path, jobs: str
) -> None:
    assert_same(build(sources, tmp_path, "--jobs", jobs), expected)


CORES = "import os; os.cpu_count = lambda: 64; os.sched_getaffinity = lambda pid: set(range(64))"


def test_the_number_of_cores_does_not_show(sources: Path, expected: Tree, tmp_path: Path) -> None:
    assert_same(build(sources, tmp_path, script=CORES), expected)


OLD_PROCESSOR = """
import os, subprocess

old = {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F X86_V3 X86_V4", "OPENBLAS_CORETYPE": "Prescott"}
os.environ.update(old)
start = subprocess.Popen
subprocess.Popen = lambda *words, env=None, **named: start(*words, env={**(env or os.environ), **old}, **named)
"""
"""Also where claims are judged, whose environment is otherwise emptied."""


def test_what_the_processor_can_do_does_not_show(sources: Path, expected: Tree, tmp_path: Path) -> None:
    assert_same(build(sources, tmp_path, script=OLD_PROCESSOR), expected)


def test_a_style_of_the_user_s_does_not_show(sources: Path, expected: Tree, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "home", tmp_path / "home/.config/matplotlib"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "matplotlibrc").write_text(STYLE)
    home: dict[str, str | None] = {
        "HOME": str(tmp_path / "home"),
        "MATPLOTLIBRC": str(tmp_path / "home"),
        "MPLCONFIGDIR": None,
    }
    assert_same(build(sources, tmp_path, cwd=tmp_path, settings=home), expected)


REVERSED = """
import os

listdir, scandir = os.listdir, os.scandir


class Reversed:
    def __init__(self, *where):
        self.entries = iter(sorted(scandir(*where), key=lambda entry: entry.name, reverse=True))

    def __iter__(self):
        return self.entries

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    close = __exit__


os.listdir = lambda *where: sorted(listdir(*where), reverse=True)
os.scandir = Reversed
"""


def test_the_place_the_times_and_the_order_of_files_do_not_show(
    sources: Path, expected: Tree, tmp_path: Path
) -> None:
    place = tmp_path / "another place" / "ä"
    for path in sorted(sources.rglob("*"), reverse=True):
        if path.is_file():
            copy = place / path.relative_to(sources)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            os.utime(copy, (1, 1))
    assert_same(build("../another place/ä", tmp_path, cwd=place.parent, script=REVERSED), expected)
    assert_same(build(place, tmp_path / "b", cwd=place / "claims"), expected)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_the_date_is_the_commit_s_whatever_git_is_set_up_to_show(
    sources: Path, expected: Tree, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(sources, project)
    when = f"{EPOCH} +0900"
    identity = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **identity, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    for words in ("init -q", "add claims", "commit -q -m one", "config log.showSignature true"):
        subprocess.run(["git", *words.split()], cwd=project, env=environment, check=True)
    elsewhere: dict[str, str | None] = {
        "SOURCE_DATE_EPOCH": None,
        "GIT_DIR": str(tmp_path / "none"),
        "GIT_WORK_TREE": str(tmp_path),
    }
    assert_same(build(project, tmp_path, settings=elsewhere), expected)
