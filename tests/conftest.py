"""Marks that follow from where a test stands, and projects made for one test."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from site_builder.project import Project, open_project

BROWSER_TESTS = Path(__file__).parent / "browser"

MakeProject = Callable[[Mapping[str, str | bytes]], Project]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test under `tests/browser` as `browser`, so that `-m "not browser"` leaves them out."""
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Makes a project of these files (path to dedented text, or bytes as they are) in a fresh folder."""

    def make(files: Mapping[str, str | bytes]) -> Project:
        root = tmp_path / "project"
        for folder in ("claims", "evidence"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(
                content if isinstance(content, bytes) else dedent(content).lstrip("\n").encode()
            )
        return open_project(root)

    return make


@pytest.fixture(scope="session", autouse=True)
def _user_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder of a user who is not the one who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("user")))
        yield
