"""What stands beside evidence: a folder's ``datapackage.yaml`` or ``datapackage.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.evidence import json_text, yaml_text
from site_builder.evidence.decoding import decode
from site_builder.evidence.nested import Record, Typed
from site_builder.evidence.options import NAMES, Options
from site_builder.evidence.record import Field, FieldType
from site_builder.files import SourceFile, check_path, exists, fits, is_glob, read_file
from site_builder.problems import Mistake, Place, did_you_mean, nearest

FILES = ("datapackage.yaml", "datapackage.yml", "datapackage.json")
KINDS = ("primary", "transcribed", "derived")
_SIZE_LIMIT = 4_000_000


@dataclass(frozen=True, slots=True)
class Resource:
    """What a package says of one file, or of the files of a glob, or of one place inside a file.

    `path` is relative to the project, `inside` what follows a ``#`` in it; `options` are reading options in
    the form of `read_options`; `package` is the file that says all this.
    """

    package: str
    path: str
    inside: str
    place: Place
    kind: str = ""
    title: str = ""
    description: str = ""
    fields: tuple[Field, ...] = ()
    missing: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    licenses: tuple[tuple[str, str], ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)


class Packages:
    """The packages of one run: each folder's is read once."""

    def __init__(self, root: Path, top: str = "evidence") -> None:
        self._root, self._top = root, top
        self._read: dict[str, tuple[Resource, ...]] = {}
        self._hashes: dict[str, str] = {}

    def needs(self, path: str) -> dict[str, str]:
        """The package files that were looked for on behalf of a file: path → SHA-256, empty where there is none."""
        needs: dict[str, str] = {}
        for folder in self._folders(path):
            needs |= {f"{folder}/{name}": self._hashes.get(f"{folder}/{name}", "") for name in FILES}
        return needs

    def _folders(self, path: str) -> Iterator[str]:
        """The folders of a file that may hold a package, from its own upwards."""
        folder = path.rpartition("/")[0]
        while folder == self._top or folder.startswith(f"{self._top}/"):
            yield folder
            folder = folder.rpartition("/")[0]

    def resource(self, path: str, inside: str) -> Resource | None:
        """What the nearest package, from the file's folder upwards, says of a file; None if none does.

        A resource that names the place too goes before one that names the file. Raises Mistake E-PACKAGE.
        """
        for folder in self._folders(path):
            found = [each for each in self._resources(folder) if _names(each, path)]
            for wanted in (inside, ""):
                for each in found:
                    if each.inside == wanted:
                        return each
        return None

    def _resources(self, folder: str) -> tuple[Resource, ...]:
        if folder not in self._read:
            here = [f"{folder}/{name}" for name in FILES if exists(self._root, f"{folder}/{name}")]
            if len(here) > 1:
                raise Mistake("E-PACKAGE", f"{folder} has {' and '.join(here)}", Place(here[0]), "keep one")
            self._read[folder] = self._package(here[0]) if here else ()
        return self._read[folder]

    def _package(self, path: str) -> tuple[Resource, ...]:
        source = read_file(self._root, path, limit=_SIZE_LIMIT)
        self._hashes[path] = source.sha256
        return read_package(source)


def _names(resource: Resource, path: str) -> bool:
    return fits(path, resource.path) if is_glob(resource.path) else path == resource.path


def read_package(source: SourceFile) -> tuple[Resource, ...]:
    """The resources of a package file, their paths relative to the project. Raises Mistake E-PACKAGE."""
    path, text = source.path, decode(source, Options())
    value = json_text.loads(text, path) if path.endswith(".json") else yaml_text.loads(text, path)
    package = _mapping(value, Place(path), "the package")
    _check_keys(package, _PACKAGE_KEYS, path, "a package")
    listed = package.get("resources") or []
    if not isinstance(listed, list):
        raise _mistake(package, "resources", path, "`resources` must be a list", "begin each with `- path:`")
    return tuple(_resource(_mapping(item, Place(path), "a resource"), package, path) for item in listed)


_COMMON_KEYS = ("name", "title", "description", "sources", "licenses", "homepage", "version", "keywords")
_PACKAGE_KEYS = (*_COMMON_KEYS, "resources", "profile", "id", "created", "contributors", "image", "license")
_RESOURCE_KEYS = (
    *_COMMON_KEYS,
    *("path", "kind", "schema", "dialect", "encoding", "format", "mediatype", "profile", "hash", "bytes"),
    *("type", "data", "licence", "retrieved", "notes"),
)
_FIELD_KEYS = (
    *(
        "name",
        "type",
        "as",
        "unit",
        "title",
        "description",
        "format",
        "missingValues",
        "constraints",
        "example",
    ),
    *("categories", "rdfType", "decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues"),
)


def _resource(resource: Record, package: Record, path: str) -> Resource:
    _check_keys(resource, _RESOURCE_KEYS, path, "a resource")
    kind = _text(resource, "kind", path)
    if kind and kind not in KINDS:
        hint = did_you_mean(kind, KINDS, "kinds are: ")
        raise _mistake(resource, "kind", path, f"there is no kind of evidence {kind!r}", hint)
    schema = _mapping(resource.get("schema") or Record(), _place(resource, "schema", path), "a schema")
    missing = _missing(schema, path)
    file, _, inside = _path(resource, path).partition("#")
    return Resource(
        path,
        f"{path.rpartition('/')[0]}/{file}",
        inside,
        _place(resource, "path", path),
        kind,
        _text(resource, "title", path) or _text(resource, "name", path),
        _text(resource, "description", path),
        _fields(schema, missing, path),
        missing,
        _links(resource, "sources", path) or _links(package, "sources", path),
        _links(resource, "licenses", path) or _links(package, "licenses", path),
        _options(resource, path),
    )


def _path(resource: Record, path: str) -> str:
    given = resource.get("path")
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    if not isinstance(given, str) or not given:
        message = "a resource needs a `path`, one file or a glob"
        raise _mistake(resource, "path", path, message, "write it from the folder of the package down")
    check_path(given.partition("#")[0], _place(resource, "path", path))
    return str(given)


def _fields(schema: Record, missing: tuple[str, ...], path: str) -> tuple[Field, ...]:
    listed = schema.get("fields") or []
    if not isinstance(listed, list):
        raise _mistake(schema, "fields", path, "`fields` must be a list", "begin each with `- name:`")
    return tuple(_field(_mapping(item, Place(path), "a field"), missing, path) for item in listed)


def _field(field: Record, missing: tuple[str, ...], path: str) -> Field:
    _check_keys(field, _FIELD_KEYS, path, "a field")
    name = _text(field, "name", path)
    if not name:
        raise _mistake(field, "name", path, "a field needs a `name`", "write the title of the column")
    own = _missing(field, path) if "missingValues" in field else missing
    texts = [_text(field, key, path) for key in ("unit", "title", "description")]
    return Field(name, _type(field, path), texts[0], own, texts[1], texts[2])


def _type(field: Record, path: str) -> FieldType | None:
    """The type of a column: `as` (quantity or reported) goes before the standard's `type`."""
    meant, standard = _text(field, "as", path), _text(field, "type", path)
    if meant and meant not in _MEANT:
        hint = did_you_mean(meant, _MEANT, "a field may be read as: ")
        raise _mistake(field, "as", path, f"a field cannot be read as {meant!r}", hint)
    if standard and standard not in _TYPES:
        hint = did_you_mean(standard, _TYPES, "types are: ")
        raise _mistake(field, "type", path, f"there is no field type {standard!r}", hint)
    return _MEANT.get(meant) or _TYPES.get(standard)


_MEANT: dict[str, FieldType] = {"quantity": "quantity", "reported": "reported"}
_TYPES: dict[str, FieldType | None] = {
    "number": "number",
    "integer": "number",
    "year": "number",
    "string": "text",
    "boolean": "truth",
    "date": "date",
    "datetime": "date",
    "time": "text",
    "yearmonth": "text",
    "duration": "text",
    "object": "text",
    "array": "text",
    "list": "text",
    "geopoint": "text",
    "geojson": "text",
    "any": None,
}


def _missing(schema: Record, path: str) -> tuple[str, ...]:
    """The texts that stand for a missing cell, the empty one aside."""
    listed = schema.get("missingValues")
    if listed is None:
        return ()
    values = [item.get("value") if isinstance(item, Mapping) else item for item in _list(listed)]
    if not all(isinstance(value, str | int | float) for value in values):
        message = "`missingValues` must be a list of texts"
        raise _mistake(schema, "missingValues", path, message, 'such as ["", "n/a", "-"]')
    return tuple(text for text in map(_scalar, values) if text)


def _links(owner: Record, key: str, path: str) -> tuple[tuple[str, str], ...]:
    """Sources or licences as (title, address) pairs."""
    links: list[tuple[str, str]] = []
    for item in _list(owner.get(key) or []):
        if isinstance(item, str):
            links.append((item, ""))
            continue
        link = _mapping(item, _place(owner, key, path), f"an item of `{key}`")
        title = _text(link, "title", path) or _text(link, "name", path)
        links.append((title or _text(link, "path", path), _text(link, "path", path)))
    return tuple(links)


def _options(resource: Record, path: str) -> dict[str, object]:
    """The reading options that a resource declares, its dialect being in the standard's words or in ours."""
    dialect = _mapping(resource.get("dialect") or Record(), _place(resource, "dialect", path), "a dialect")
    options: dict[str, object] = {}
    for key, value in dialect.items():
        if key in _DIALECT:
            options |= _DIALECT[key](value)
        elif key in NAMES:
            options[key] = [_scalar(v) for v in value] if isinstance(value, list) else _scalar(value)
        elif key not in _IGNORED:
            known = (*_DIALECT, *_IGNORED, *NAMES)
            message = f"a dialect has no {key!r}"
            raise _mistake(dialect, key, path, message, did_you_mean(key, known, "it has: "))
    encoding = _text(resource, "encoding", path)
    return options | ({"encoding": encoding} if encoding else {})


def _header_rows(value: object) -> dict[str, object]:
    rows = [int(row) for row in _list(value) if isinstance(row, int)]
    return {"header": str(len(rows)), "skip": str(min(rows) - 1)} if rows else {"header": "0"}


_DIALECT: dict[str, Callable[[object], dict[str, object]]] = {
    "header": lambda value: {"header": {"true": "1", "false": "0"}.get(_scalar(value), _scalar(value))},
    "headerRows": _header_rows,
    "commentChar": lambda value: {"comment": _scalar(value)} if value else {},
    "quoteChar": lambda value: {"quote": _scalar(value) if value is not None else "none"},
    "skipInitialSpace": lambda value: {"trim": "true"} if value is True else {},
    "decimalChar": lambda value: {"decimal": _scalar(value)},
}
_IGNORED = (
    "$schema",
    "csvddfVersion",
    "doubleQuote",
    "lineTerminator",
    "headerJoin",
    "escapeChar",
    "caseSensitiveHeader",
)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.typed if isinstance(value, Typed) else "" if value is None else str(value)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(owner: Record, key: str, path: str) -> str:
    """The text under a key, "" where there is none."""
    value = owner.get(key)
    if isinstance(value, list | Mapping):
        raise _mistake(owner, key, path, f"`{key}` must be a text", "write it on one line")
    return _scalar(value)


def _mapping(value: object, place: Place, what: str) -> Record:
    if not isinstance(value, Record):
        raise Mistake("E-PACKAGE", f"{what} must be a mapping", place, "write `key: value` lines")
    return value


def _check_keys(owner: Record, known: tuple[str, ...], path: str, what: str) -> None:
    """Refuses a key that looks like a slip; the standard lets a package have properties of its own."""
    for key in owner:
        found = None if key in known else nearest(key, known)
        if found:
            raise _mistake(owner, key, path, f"{what} has no {key!r}", f"did you mean {found!r}?")


def _place(owner: Record, key: str, path: str) -> Place:
    return Place(path, owner.lines.get(key, owner.line))


def _mistake(owner: Record, key: str, path: str, message: str, hint: str) -> Mistake:
    return Mistake("E-PACKAGE", message, _place(owner, key, path), hint)
