"""Evidence named in a claim becomes evidence loaded: found, hashed, read, and told what its columns are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.evidence.cells import column_indices, settled
from site_builder.evidence.datapackage import Packages, Resource
from site_builder.evidence.decoding import decode, split_lines
from site_builder.evidence.options import READING, Options, read_options
from site_builder.evidence.patterns import match_lines
from site_builder.evidence.reader import Reader, built_in
from site_builder.evidence.record import Evidence, Field, MissingEvidence, Origin
from site_builder.evidence.sheet import Sheet
from site_builder.evidence.stacking import stacked
from site_builder.evidence.unpacking import unpacked
from site_builder.files import SourceFile, check_path, exists, expand, is_glob, read_file
from site_builder.problems import Mistake, Place, concerning, did_you_mean

_CellKey = tuple[str, str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One file of what a claim asked for, with the options that hold for it."""

    path: str
    inside: str
    options: Options
    declared: tuple[str, ...]
    resource: Resource | None
    place: Place | None


class Loader:
    """Loads the evidence of one run; each file is read once, and must be the same all through the run.

    `readers` are the formats (those built in, if none are given), `top` the folder of evidence, and
    `expected` the SHA-256 that files are already known by: other bytes are refused.
    """

    def __init__(
        self,
        root: Path,
        readers: Sequence[Reader] = (),
        top: str = "evidence",
        expected: Mapping[str, str] | None = None,
    ) -> None:
        self._root, self._top = root, top
        self._formats = _formats(readers or built_in())
        self._packages = Packages(root, top)
        self._hashes = dict(expected or {})
        self._sheets: dict[_CellKey, Sheet] = {}
        self._expanded: dict[str, tuple[str, ...]] = {}

    def forget(self) -> None:
        """Let go of the sheets that were read; a file that is asked for again must still be the same."""
        self._sheets.clear()

    def paths(self, file: str, place: Place | None = None) -> tuple[str, ...]:
        """The files, relative to the project, that a path below evidence stands for; they are not opened."""
        path = f"{self._top}/{file}"
        return expand(self._root, path, place)[0] if is_glob(file) else (path,)

    def needs(self, file: str) -> tuple[dict[str, str], bool]:
        """What the evidence of a path rests on, once it was asked for.

        Path → SHA-256 of every file that was looked for, empty for one that is not there or cannot be read; and
        whether it rests on the names of files too, as a glob does, and a message that offers the nearest name.
        """
        path = f"{self._top}/{file}"
        paths = self._expanded.get(path, ()) if is_glob(file) else (path,)
        needs = {each: self._hashes.get(each, "") for each in paths}
        for each in (path, *paths):
            needs |= self._packages.needs(each)
        return needs, is_glob(file) or not needs.get(path)

    def load(
        self,
        name: str,
        file: str,
        inside: str = "",
        options: Mapping[str, object] | None = None,
        place: Place | None = None,
    ) -> Evidence:
        """The evidence that a claim names. Raises Mistake, and MissingEvidence for a file known but absent.

        What the claim declares goes before what the package beside the file says. The files of a glob are
        stacked, with their paths below evidence in a column ``_file``.
        """
        try:
            return self._loaded(name, file, inside, dict(options or {}), place)
        except Mistake as mistake:
            problem, hint = mistake.problem, mistake.problem.hint
            if problem.code == "E-FILE" and file.startswith(f"{self._top}/"):
                hint = f"paths begin inside {self._top}/: write {file.removeprefix(f'{self._top}/')}"
            raise Mistake(
                problem.code, problem.message, problem.place or place, hint, problem.about
            ) from None

    def _loaded(
        self, name: str, file: str, inside: str, raw: dict[str, object], place: Place | None
    ) -> Evidence:
        check_path(file, place, below=self._top)
        read_options(raw, place)  # what the claim declares is checked by itself, before a package adds to it
        if not is_glob(file):
            asked = self._asked(f"{self._top}/{file}", inside, raw, place)
            origin, sheet = self._read(asked)
            return self._evidence(name, file, asked, (origin,), origin.sha256, sheet)
        paths, links = expand(self._root, f"{self._top}/{file}", place)
        self._expanded[f"{self._top}/{file}"] = paths
        all_asked = [self._asked(path, inside, raw, place) for path in paths]
        pairs = [self._read(asked) for asked in all_asked]
        origins = tuple(origin for origin, _ in pairs)
        listing = "".join(f"{origin.path} {origin.sha256}\n" for origin in origins)
        sheet = stacked([path.removeprefix(f"{self._top}/") for path in paths], [sheet for _, sheet in pairs])
        sheet = replace(sheet, notes=(*sheet.notes, *_glob_notes(file, len(paths), links)))
        first = all_asked[0] if all_asked else _Asked("", inside, read_options(raw), (), None, place)
        evidence = self._evidence(name, file, first, origins, _sha256(listing), sheet)
        kinds = {asked.resource.kind for asked in all_asked if asked.resource}
        return replace(evidence, kind=next((kind for kind in FURTHEST_FIRST if kind in kinds), ""))

    def _asked(self, path: str, inside: str, raw: dict[str, object], place: Place | None) -> _Asked:
        check_path(path, place)
        resource = self._packages.resource(path, inside)
        said = dict(resource.options) if resource else {}
        if resource:
            read_options(said, resource.place)
        return _Asked(path, inside, read_options(said | raw, place), tuple(raw), resource, place)

    def _read(self, asked: _Asked) -> tuple[Origin, Sheet]:
        """The file's sheet, from memory if these bytes were read in this way before."""
        reading = tuple(getattr(asked.options, option) for option in READING)
        known = (asked.path, asked.inside, reading)
        if known not in self._sheets:
            source = self._opened(asked)
            self._sheets[known] = self._sheet(unpacked(source), asked)
        sheet = self._sheets[known]
        return Origin(asked.path, self._hashes[asked.path], len(sheet)), sheet

    def _opened(self, asked: _Asked) -> SourceFile:
        """The file, if it is there and its bytes are those seen before."""
        about = asked.resource
        if about is not None and not is_glob(about.path) and not exists(self._root, asked.path):
            raise MissingEvidence(f"{asked.path} is described in {about.package}, but is not here")
        source = read_file(self._root, asked.path, place=asked.place)
        if self._hashes.setdefault(asked.path, source.sha256) != source.sha256:
            hint = "wait until whatever writes it is done, then run again"
            raise Mistake("E-CHANGED", f"{asked.path} has changed since it was first read", asked.place, hint)
        return source

    def _sheet(self, source: SourceFile, asked: _Asked) -> Sheet:
        reader, options = self._reader(asked), asked.options
        _refuse_idle(asked, reader)
        if not options.pattern:
            return reader.read(source, asked.inside, options)
        if not reader.takes_pattern:
            message = f"{asked.path} is {reader.title}, which is not read by pattern"
            raise Mistake("E-OPTION", message, asked.place, "leave out `pattern`, and name a place after #")
        lines, first, last = split_lines(decode(source, options)), options.skip + 1, None
        if asked.inside:
            if reader.section is None:
                message = f"{asked.path} has no headings, so there is no place {asked.inside!r} in it"
                raise Mistake("E-PLACE", message, asked.place, f"leave out #{asked.inside}")
            first, last = reader.section(source, asked.inside, options)
        return match_lines(lines[first - 1 : last], first, options)

    def _reader(self, asked: _Asked) -> Reader:
        """The reader of a file: of the declared format, else of its ending."""
        wanted = asked.options.format
        if wanted:
            if wanted not in self._formats:
                hint = did_you_mean(wanted, self._formats, "formats are: ")
                raise Mistake("E-FORMAT", f"there is no format {wanted!r}", asked.place, hint, "format")
            return self._formats[wanted]
        ending = asked.path.rpartition("/")[2].lower().removesuffix(".gz").rpartition(".")[2]
        reader = self._formats.get(f".{ending}")
        if reader is None:
            message = f"no format is known for {asked.path} by its ending"
            names = ", ".join(sorted({reader.name for reader in self._formats.values()}))
            hint = f"declare `format:` as one of {names}"
            raise Mistake("E-FORMAT", message, asked.place, hint)
        return reader

    def _evidence(
        self, name: str, file: str, asked: _Asked, origins: tuple[Origin, ...], sha256: str, sheet: Sheet
    ) -> Evidence:
        path = f"{self._top}/{file}"
        sheet = settled(sheet, asked.options, path) if sheet.header else _hollow(sheet, asked.options)
        about = asked.resource
        said = {each.name: each for each in about.fields} if about else {}
        if about and not asked.inside and not asked.options.pattern:
            _refuse_unknown_fields(about, sheet, path)
        return Evidence(
            name,
            path,
            asked.inside,
            sha256,
            origins,
            sheet,
            _fields(sheet, asked.options, said, about, path),
            about.kind if about else "",
            about.title if about else "",
            about.description if about else "",
            about.sources if about else (),
            about.licenses if about else (),
            sheet.notes,
        )


FURTHEST_FIRST = ("transcribed", "derived", "primary")  # how far from the measurement
_GENERAL = ("format", "encoding", "decimal")
_OF_PATTERNS = ("pattern", "under", "skip")


def _refuse_idle(asked: _Asked, reader: Reader) -> None:
    """Refuses an option of the claim that would change nothing."""
    useful = (*_GENERAL, *(_OF_PATTERNS if asked.options.pattern else reader.options))
    idle = next((name for name in asked.declared if name in READING and name not in useful), None)
    if idle is None:
        return
    if asked.options.pattern:
        message = f"the option `{idle}` means nothing where a `pattern` says what the rows are"
    else:
        message = f"the option `{idle}` means nothing for {reader.title} ({asked.path})"
    hint = f"leave it out; options here are {', '.join(useful)}"
    raise Mistake("E-OPTION", message, asked.place, hint, idle)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _formats(readers: Sequence[Reader]) -> dict[str, Reader]:
    """The readers by name, by ending with its dot, and by ending without. Two owners of one are a bug."""
    formats: dict[str, Reader] = {}
    for reader in readers:
        for key in (reader.name, *reader.suffixes):
            if formats.setdefault(key, reader) is not reader:
                raise ValueError(f"two readers own {key!r}: {formats[key].name} and {reader.name}")
    for reader in readers:
        for suffix in reader.suffixes:
            formats.setdefault(suffix[1:], reader)
    return formats


def _hollow(sheet: Sheet, options: Options) -> Sheet:
    """A sheet of nothing, with the columns that are declared, so that what asks for them finds no rows."""
    header = tuple(dict.fromkeys(name for name, _ in (*options.columns, *options.units)))
    return replace(sheet, header=header, cells=((),) * len(header), natives=(None,) * len(header))


def _glob_notes(file: str, count: int, links: int) -> tuple[str, ...]:
    notes = [f"no file fits {file}"] if not count else []
    if links:
        notes.append(f"{links:,} links that fit {file} are not followed")
    return tuple(notes)


def _fields(
    sheet: Sheet, options: Options, said: Mapping[str, Field], about: Resource | None, path: str
) -> tuple[Field, ...]:
    """What is declared of each column: by the claim first, else by the package."""
    if not sheet.header:
        return ()
    with concerning("columns"):
        where = column_indices(sheet.header, [name for name, _ in options.columns], path)
        types = {where[name]: kind for name, kind in options.columns}
    with concerning("units"):
        where = column_indices(sheet.header, [name for name, _ in options.units], path)
        units = {where[name]: unit for name, unit in options.units}
    general = about.missing if about else ()
    fields: list[Field] = []
    for index, title in enumerate(sheet.header):
        known = said.get(title, Field(title, missing=general))
        missing = tuple(dict.fromkeys((*options.missing, *known.missing)))
        kind, unit = types.get(index, known.type), units.get(index, known.unit)
        fields.append(replace(known, type=kind, unit=unit, missing=missing))
    return tuple(fields)


def _refuse_unknown_fields(about: Resource, sheet: Sheet, path: str) -> None:
    """A package that describes a column the file has not is out of date or misspelt."""
    unknown = next((each.name for each in about.fields if each.name not in sheet.header), None)
    if unknown is not None and sheet.header:
        message = f"{about.package} describes a column {unknown!r} that {path} has not"
        raise Mistake("E-COLUMN", message, about.place, did_you_mean(unknown, sheet.header, "columns are: "))
