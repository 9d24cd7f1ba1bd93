"""What is known of one piece of evidence: its bytes' fingerprint, its cells, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from site_builder.evidence.sheet import Sheet

FieldType = Literal["number", "text", "quantity", "reported", "date", "truth"]


@dataclass(frozen=True, slots=True)
class Field:
    """What is declared of a column, by the claim first and the datapackage second.

    `type` None leaves the kind to the cells. `unit` is a unit's text such as ``%/min``. `missing` lists the
    texts that stand for a missing cell besides the empty one.
    """

    name: str
    type: FieldType | None = None
    unit: str = ""
    missing: tuple[str, ...] = ()
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """One file that was read: project-relative path, SHA-256 of the bytes judged, number of rows it gave."""

    path: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A loaded piece of evidence.

    `path` and `inside` are as the claim wrote them (project-relative, e.g. ``evidence/runs/*.csv``); `sha256`
    is the file's, or for several files the hash of their sorted ``path sha256`` lines. `kind` is primary,
    transcribed or derived, empty when nobody said. `query` is the SQL that made it of the origins, if any did.
    """

    name: str
    path: str
    inside: str
    sha256: str
    origins: tuple[Origin, ...]
    sheet: Sheet
    fields: tuple[Field, ...]
    kind: str = ""
    title: str = ""
    description: str = ""
    sources: tuple[tuple[str, str], ...] = field(default=())
    licenses: tuple[tuple[str, str], ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    query: str = ""


class MissingEvidence(Exception):  # noqa: N818
    """The file is described in a datapackage but is not on this machine: the claim is undetermined."""
