"""Origins: where evidence and claims come from, in links that may be followed and files that can be told apart."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.pages.links import is_allowed


@dataclass(frozen=True, slots=True)
class Attribution:
    """A title with a link, where there is one that may be followed."""

    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A file that was read, its SHA-256, and how many rows it gave."""

    path: str
    sha256: str
    rows: int


def attribution(title: str, url: str = "") -> Attribution:
    """A title and its link; a link that may not be followed is shown as text, never lost."""
    if is_allowed(url):
        return Attribution(title or url, url)
    return Attribution(f"{title} ({url})" if title and url else title or url, "")


def attributions(pairs: list[list[str]]) -> tuple[Attribution, ...]:
    """Sources or licences: title and link each, the link may be absent."""
    return tuple(attribution(*pair[:2]) for pair in pairs if any(pair))


def fingerprints(files: list[list[str | int]]) -> tuple[Fingerprint, ...]:
    """The files that were read: path, SHA-256 and number of rows each."""
    return tuple(Fingerprint(str(file[0]), str(file[1]), int(file[2])) for file in files)
