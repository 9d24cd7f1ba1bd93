"""An evidence file's page: what is known of it, its table, and the claims that rest on its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_builder.pages.addresses import claim_page
from site_builder.pages.grids import Grid, Roles, evidence_grid
from site_builder.pages.origins import Attribution, Fingerprint, attributions, fingerprints
from site_builder.pages.prose import Prose
from site_builder.pages.shelf import Shelf, label
from site_builder.pages.summary import title_of
from site_builder.pages.unused import Unused
from site_builder.pages.uses import roles_in, uses_of
from site_builder.pages.words import ROLES, TYPES, VERDICTS, Term, counted, kind
from site_builder.verdicts.decision import ColumnJson, Decision, SheetJson


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column in the list of columns: its meaning, and the claims (by number) whose verdict rests on it."""

    title: str
    key: str
    type: str
    unit: str
    description: str
    users: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class User:
    """A claim that rests on this evidence; `number` is its mark in the tables of the page."""

    number: int
    title: str
    target: str
    verdict: Term
    cells: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """All that an evidence page says; `unused` is what of it no verdict rests on, None where that is not known."""

    label: str
    path: str
    inside: str
    title: str
    description: Prose
    kind: tuple[str, str]
    sha256: str
    sources: tuple[Attribution, ...]
    licenses: tuple[Attribution, ...]
    query: str
    files: tuple[Fingerprint, ...]
    notes: tuple[str, ...]
    columns: tuple[ColumnRow, ...]
    grid: Grid
    users: tuple[User, ...]
    page: str
    download: str
    unused: Unused | None
    first: int


Uses = Mapping[str, Sequence[tuple[Decision, str]]]
"""Sheet key → the claims that use it, each with the name it gives the sheet."""


def uses_by_sheet(decisions: Sequence[Decision], shelf: Shelf) -> Uses:
    """Which claims use which sheet."""
    uses: dict[str, list[tuple[Decision, str]]] = {}
    for decision in decisions:
        for evidence in decision["evidence"]:
            sheet = shelf.sheet_of(evidence)
            if sheet is not None:
                uses.setdefault(sheet["key"], []).append((decision, evidence["name"]))
    return uses


def sheet_view(sheet: SheetJson, shelf: Shelf, uses: Uses, unused: Unused | None = None) -> SheetView:
    """What an evidence file's page shows."""
    claims = _by_claim(uses.get(sheet["key"], ()))
    roles = [_roles(decision, names) for decision, names in claims]
    name = label(sheet["path"], sheet["inside"])
    return SheetView(
        label=name,
        path=sheet["path"],
        inside=sheet["inside"],
        title=sheet["title"] or name,
        description=Prose(sheet["description"], (), 2, "about"),
        kind=kind(sheet["kind"]),
        sha256=sheet["sha256"],
        sources=attributions(sheet["sources"]),
        licenses=attributions(sheet["licenses"]),
        query=sheet["query"].strip(),
        files=fingerprints(sheet["files"]),
        notes=tuple(sheet["notes"]),
        columns=tuple(_column(column, roles) for column in sheet["columns"]),
        grid=_grid(sheet, name, roles),
        users=tuple(
            _user(number, decision, names, of_claim)
            for number, ((decision, names), of_claim) in enumerate(zip(claims, roles, strict=True), start=1)
        ),
        page=shelf.page_of(sheet),
        download=shelf.download_of(sheet),
        unused=unused,
        first=sum(row["row"] == place for place, row in enumerate(sheet["shown"], start=1)),
    )


def _by_claim(uses: Sequence[tuple[Decision, str]]) -> list[tuple[Decision, list[str]]]:
    """Each claim once, with every name it gives the sheet, by id."""
    names: dict[str, tuple[Decision, list[str]]] = {}
    for decision, name in uses:
        names.setdefault(decision["id"], (decision, []))[1].append(name)
    return [names[claim_id] for claim_id in sorted(names)]


def _roles(decision: Decision, names: Sequence[str]) -> dict[int, dict[str, str]]:
    uses = list(uses_of(decision))
    merged: dict[int, dict[str, str]] = {}
    for name in names:
        _merge(merged, roles_in(uses, name))
    return merged


def _merge(into: dict[int, dict[str, str]], roles: Roles) -> None:
    for row, columns in roles.items():
        known = into.setdefault(row, {})
        for column, role in columns.items():
            if known.get(column) != "value":
                known[column] = role


def _grid(sheet: SheetJson, name: str, roles: Sequence[Roles]) -> Grid:
    merged: dict[int, dict[str, str]] = {}
    users: dict[int, list[int]] = {}
    for number, of_claim in enumerate(roles, start=1):
        _merge(merged, of_claim)
        for row in of_claim:
            users.setdefault(row, []).append(number)
    return evidence_grid(name, sheet["columns"], sheet["shown"], sheet["rows"], merged, users)


def _column(column: ColumnJson, roles: Sequence[Roles]) -> ColumnRow:
    name = column["name"]
    users = tuple(
        number
        for number, of_claim in enumerate(roles, start=1)
        if any(name in columns for columns in of_claim.values())
    )
    title = column["title"] or name
    return ColumnRow(
        title,
        name if name != title else "",
        TYPES.get(column["type"], column["type"]),
        column["unit"],
        column["description"],
        users,
    )


def _user(number: int, decision: Decision, names: Sequence[str], roles: Roles) -> User:
    counts = {role: sum(list(row.values()).count(role) for row in roles.values()) for role in ROLES}
    said = {"value": "{} read", "filter": "{} that chose rows"}
    more = {
        use["role"]
        for use in uses_of(decision)
        if use["evidence"] in names and use["count"] > len(use["rows"])
    }
    cells = " and ".join(
        ("more than " if role in more else "") + said[role].format(counted(count, "cell"))
        for role, count in counts.items()
        if count
    )
    return User(
        number,
        title_of(decision),
        f"{claim_page(decision['id'])}",
        VERDICTS[decision["verdict"]],
        cells or "read, with no cell that decides",
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """An evidence file in the list of all; `claims` is how many use it, `unused` what of it none does."""

    label: str
    title: str
    target: str
    rows: int
    kind: tuple[str, str]
    claims: int
    unused: str


def entry(sheet: SheetJson, on: Shelf, uses: Uses, unused: Unused | None = None) -> Entry:
    """An evidence file's line in the list of all."""
    name = label(sheet["path"], sheet["inside"])
    users = len(_by_claim(uses.get(sheet["key"], ())))
    columns = counted(len(unused.columns), "column") if unused and unused.columns else ""
    left = ", ".join(part for part in (unused.rows, columns) if part) if unused else ""
    return Entry(name, sheet["title"], on.page_of(sheet), sheet["rows"], kind(sheet["kind"]), users, left)
