"""A project: where its claims, evidence, templates and site are, and its settings."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from site_builder.files import SourceFile, exists, read_file, walk
from site_builder.problems import Mistake, Place, Problem, did_you_mean

CLAIMS, EVIDENCE, TEMPLATES, SITE = "claims", "evidence", "templates", "site"
SETTINGS_FILE = "pyproject.toml"
_SOURCE_LIMIT = 5_000_000
_SOURCE_SUFFIXES = (".yaml", ".yml", ".md")


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``[tool.claims]`` in ``pyproject.toml`` may say; each is optional."""

    title: str = ""
    description: str = ""
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that holds ``claims/``. The paths are absolute; only `claims_dir` must exist."""

    root: Path
    claims_dir: Path
    evidence_dir: Path
    templates_dir: Path
    site_dir: Path
    settings: Settings = Settings()

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Everything that a site is made from."""
        return (self.claims_dir, self.evidence_dir, self.templates_dir, self.root / SETTINGS_FILE)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The claim and report files, sorted by path, and a Problem for each name that was passed over."""

    sources: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


def find_project(start: Path) -> Project:
    """The project that `start` lies in: the nearest folder, upwards, that holds ``claims/``.

    A folder named ``claims`` that is a Python package is somebody's code and does not count. Raises Mistake
    E-PROJECT if there is none, E-SETTINGS if the settings are wrong.
    """
    return open_project(find_root(start))


def find_root(start: Path) -> Path:
    """The folder of the project that `start` lies in, whatever its settings say; Mistake E-PROJECT if there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CLAIMS).is_dir() and not (folder / CLAIMS / "__init__.py").exists():
            return folder
    message = f"no project here: neither {start} nor a folder above it holds a folder named {CLAIMS}/"
    hint = f"make one with `mkdir {CLAIMS} {EVIDENCE}`, or go to the project's folder"
    raise Mistake("E-PROJECT", message, None, hint)


def open_project(root: Path) -> Project:
    """The project with this root, its settings read."""
    root = root.resolve()
    settings = read_settings(root)
    return Project(root, root / CLAIMS, root / EVIDENCE, root / TEMPLATES, root / SITE, settings)


def gather(project: Project) -> Gathered:
    """Every claim (YAML) and report (Markdown) below ``claims/``, read once; hidden names are left alone.

    A link, a name that cannot be shown, and a file that cannot be read are each a Problem, and the others are
    still gathered.
    """
    sources: list[SourceFile] = []
    problems: list[Problem] = []
    for entry in walk(project.root, CLAIMS):
        if entry.kind == "file" and not entry.path.endswith(_SOURCE_SUFFIXES):
            problems += _misspelt_ending(entry.path)
            continue
        try:
            sources.append(_read_source(project.root, entry.path, entry.kind))
        except Mistake as mistake:
            problems.append(mistake.problem.at(Place(entry.path)))
    return Gathered(tuple(sorted(sources, key=lambda source: source.path)), tuple(problems))


def _misspelt_ending(path: str) -> list[Problem]:
    """A file that was meant to be read and would be passed over: its ending is in capitals."""
    if not path.lower().endswith(_SOURCE_SUFFIXES):
        return []
    message = f"{path} is not read: the ending is in capitals"
    return [Problem("E-ID", message, Place(path), "write .yaml or .md in small letters")]


def _read_source(root: Path, path: str, kind: str) -> SourceFile:
    if kind == "link":
        message = f"{path} is a link, and links are not followed"
        raise Mistake("E-LINK", message, None, "put the file itself there")
    return read_file(root, path, limit=_SOURCE_LIMIT)


def read_settings(root: Path) -> Settings:
    """The settings of the project, or the defaults where it has none."""
    if not exists(root, SETTINGS_FILE):
        return Settings()
    source = read_file(root, SETTINGS_FILE, limit=_SOURCE_LIMIT)
    lines = source.data.decode("utf-8", "replace").splitlines()
    table = _settings_table(source.data)
    known = [field.name for field in fields(Settings)]
    for key, value in table.items():
        place = _setting_place(lines, key)
        if key not in known:
            hint = did_you_mean(key, known, "settings are: ")
            raise Mistake("E-SETTINGS", f"there is no setting {key!r} in [tool.claims]", place, hint)
        if not isinstance(value, str):
            raise Mistake("E-SETTINGS", f"the setting {key} must be a text", place, f'write {key} = "..."')
    settings = Settings(**table)
    if settings.base_url and not re.fullmatch(r"https?://[^\s\"'<>]+", settings.base_url):
        place = _setting_place(lines, "base_url")
        hint = 'write the address of the published site, such as base_url = "https://example.org/claims/"'
        raise Mistake("E-SETTINGS", f"base_url {settings.base_url!r} is no http(s) address", place, hint)
    return settings


def _settings_table(data: bytes) -> dict[str, str]:
    """The ``[tool.claims]`` table as TOML gives it; its values are checked by the caller."""
    import tomllib  # takes time to import, and many projects have no settings

    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (0, 0)
        reason = re.sub(r" \(at .*\)$", "", str(error)) or "it is nested too deeply"
        lines = data.decode("utf-8", "replace").splitlines()
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        place = Place(SETTINGS_FILE, line, column, 1, text)
        raise Mistake("E-SETTINGS", f"{SETTINGS_FILE} is not TOML: {reason}", place) from None
    tool = document.get("tool", {})
    table = tool.get("claims", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        place = Place(SETTINGS_FILE)
        raise Mistake("E-SETTINGS", "tool.claims must be a table", place, "write [tool.claims]")
    return table


def _setting_place(lines: list[str], key: str) -> Place:
    """The line where the key stands in its table, as well as a text search can tell."""
    in_table = False
    for number, line in enumerate(lines, 1):
        if line.strip().startswith("["):
            in_table = line.strip().startswith("[tool.claims]")
        elif in_table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return Place(SETTINGS_FILE, number, line.index(key) + 1, len(key), line)
    return Place(SETTINGS_FILE)


def build_date(root: Path) -> str:
    """The date that pages bear, never the clock's: `SOURCE_DATE_EPOCH`, else the commit's, else none."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        epoch = _commit_time(root)
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.isdigit() else ""
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {epoch[:40]}, which is no time that a calendar has"
        raise Mistake("E-SETTINGS", message, hint="set it to seconds since 1970, or unset it") from None


def _commit_time(root: Path) -> str:
    """The commit's time in seconds, whatever git is set up to show, or "" where there is none."""
    import subprocess  # where there is a date to ask for

    command = ["git", "-C", str(root), "rev-list", "-1", "--timestamp", "HEAD"]
    # A hook's environment names another repository.
    environment = {key: value for key, value in os.environ.items() if key not in ("GIT_DIR", "GIT_WORK_TREE")}
    try:
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return result.stdout.partition(" ")[0]


def check_target(project: Project, target: Path) -> None:
    """Refuse to write a site over, into or around what it is made from."""
    target = target.resolve()
    for source in (project.claims_dir, project.evidence_dir, project.templates_dir):
        source = source.resolve()
        if target == source or source in target.parents or target in source.parents:
            message = f"the site cannot be written to {target}: {source.name}/ is what it is made from"
            raise Mistake("E-OUTPUT", message, hint="name a folder of its own with --output, such as site/")
