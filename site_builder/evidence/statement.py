"""A query's tree, as the engine's own parser gives it, held against the lists of what may stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from site_builder.evidence.engine import GivenColumn, GivenTable, Question
from site_builder.evidence.sql_words import (
    AGGREGATES,
    EXPRESSIONS,
    FORMS,
    JOINS,
    NAMED_VALUES,
    OPERATORS,
    REFUSED,
    SCALARS,
    TYPES,
    WINDOWS,
)
from site_builder.problems import Mistake, Place, did_you_mean

_Part = dict[str, Any]
_FUNCTIONS = AGGREGATES | SCALARS
_ALLOWED = "docs/evidence.md lists what a query may use"


@dataclass(frozen=True, slots=True)
class _Names:
    """What a query's names may mean, in lower case."""

    tables: Mapping[str, GivenTable]
    columns: frozenset[str]
    aliases: frozenset[str]
    relations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is to be known of a query that may be run.

    `is_ordered` says whether it puts its rows in order, `needed` are the columns of each table that it can see.
    """

    is_ordered: bool
    needed: Mapping[str, tuple[GivenColumn, ...]]


def check_statement(tree: Mapping[str, Any], question: Question) -> Statement:
    """The one SELECT of a tree; raises `Mistake` at the place of whatever else it holds, or cannot be given."""
    statements: Sequence[_Part] = tree["statements"]
    if len(statements) != 1:
        message = f"a query is one SELECT, and these are {len(statements)} statements"
        raise Mistake("E-QUERY", message, _whole(question), "make each of them a query of its own")
    node = statements[0]["node"]
    parts = list(_parts(node))
    names = _names(parts, question.tables)
    for part in parts:
        _check_part(part, names, question)
    used = {name for part in parts for name in _used(part)}
    has_star = any(part.get("class") == "STAR" for part in parts)
    needed = {
        table.name: tuple(table.column(name) for name in table.names if has_star or name.casefold() in used)
        for table in question.tables
    }
    return Statement(_is_ordered(node["modifiers"]), needed)


def _used(part: _Part) -> Iterator[str]:
    """The names of columns that a part asks for."""
    if part.get("class") == "COLUMN_REF":
        yield str(part["column_names"][-1]).casefold()
    yield from (str(name).casefold() for name in part.get("using_columns", ()))


def _parts(node: object) -> Iterator[_Part]:
    """Every part of the tree that is a form or an expression, those outside first."""
    pending = [node]
    while pending:
        found = pending.pop()
        if isinstance(found, dict):
            yield found
            pending.extend(reversed(found.values()))
        elif isinstance(found, list):
            pending.extend(reversed(found))


def _names(parts: Sequence[_Part], tables: Sequence[GivenTable]) -> _Names:
    columns = {name.casefold() for table in tables for name in table.names}
    relations = {table.name.casefold() for table in tables}
    aliases: set[str] = set()
    for part in parts:
        aliases.update(alias.casefold() for alias in part.get("column_name_alias", ()))
        aliases.update(alias.casefold() for alias in part.get("aliases", ()))
        alias = str(part.get("alias") or "").casefold()
        is_relation = "class" not in part and "sample" in part
        (relations if is_relation else aliases).add(alias)
        for entry in (part.get("cte_map") or {}).get("map", ()):
            relations.add(str(entry["key"]).casefold())
    by_name = {table.name.casefold(): table for table in tables}
    return _Names(by_name, frozenset(columns), frozenset(aliases), frozenset(relations))


def _check_part(part: _Part, names: _Names, question: Question) -> None:
    place = _place(part, question)
    kind, form = part.get("class"), part.get("type")
    if kind is not None and kind not in EXPRESSIONS:
        raise _refused(REFUSED.get(str(kind), str(kind)), place)
    if kind is None and isinstance(form, str) and form not in FORMS:
        raise _refused(REFUSED.get(form, form), place)
    if part.get("sample") is not None or part.get("at_clause") is not None:
        raise _refused("a sample of the rows, which is left to chance,", place)
    if "modifiers" in part:
        _check_modifiers(part["modifiers"], place)
    check = _CHECKS.get(str(kind or form))
    if check is not None:
        check(part, names, place)


def _check_modifiers(modifiers: Sequence[_Part], place: Place) -> None:
    """LIMIT and DISTINCT ON keep whichever rows come first, which only an order decides."""
    if _is_ordered(modifiers):
        return
    for modifier in modifiers:
        if modifier["type"] == "LIMIT_MODIFIER" or modifier.get("distinct_on_targets"):
            what = "LIMIT" if modifier["type"] == "LIMIT_MODIFIER" else "DISTINCT ON"
            message = f"{what} without ORDER BY keeps whichever rows come first"
            raise Mistake("E-QUERY", message, place, "say in which order, with ORDER BY before it")


def _is_ordered(modifiers: Sequence[_Part]) -> bool:
    return any(modifier["type"] == "ORDER_MODIFIER" and modifier["orders"] for modifier in modifiers)


def _check_table(part: _Part, names: _Names, place: Place) -> None:
    name = str(part["table_name"])
    is_plain = not part["schema_name"] and not part["catalog_name"]
    if is_plain and name.casefold() in names.tables:
        return
    if is_plain and name.casefold() in names.relations and not name.casefold().startswith(_SYSTEM):
        return
    message = f"the query reads {name[:60]!r}, which is none of its `tables:`"
    known = [table.name for table in names.tables.values()]
    raise Mistake("E-NAME", message, place, did_you_mean(name[:60], known, "tables: "))


_SYSTEM = ("duckdb_", "pg_", "sqlite_", "pragma_")


def _check_join(part: _Part, names: _Names, place: Place) -> None:
    if part["ref_type"] not in JOINS:
        hint = "say with ON or USING which rows belong together"
        raise _refused(f"a {part['ref_type'].lower()} join", place, hint)
    for name in _used(part):
        _check_given(name, names, place)


def _check_column(part: _Part, names: _Names, place: Place) -> None:
    path = [str(name).casefold() for name in part["column_names"]]
    name, shown = path[-1], ".".join(part["column_names"])[:60]
    if len(path) > 2 or (len(path) == 2 and path[0] not in names.relations):
        message = f"there is no table {'.'.join(part['column_names'][:-1])[:60]!r} in the query"
        raise Mistake("E-NAME", message, place, did_you_mean(path[0], names.relations - {""}, "tables: "))
    _check_given(name, names, place)
    if name in names.columns or (name in names.aliases and name not in NAMED_VALUES):
        return
    if name in NAMED_VALUES:
        raise _refused(f"{shown}, which is another each time,", place)
    if name in names.relations:
        raise _refused(f"a whole row ({shown})", place, "name its columns")
    known = names.columns | (names.aliases - {""})
    message = f"no column {shown!r} in the tables of the query"
    raise Mistake("E-COLUMN", message, place, did_you_mean(name, known, "its columns: "))


def _check_given(name: str, names: _Names, place: Place) -> None:
    """Raises Mistake if a table has a column of that name, in lower case, which no query may know."""
    for table in names.tables.values():
        for known in table.names:
            if known.casefold() == name:
                _check_readable(
                    table, known, place, f"a query cannot read the column {known!r} of {table.name}"
                )


def _check_star(part: _Part, names: _Names, place: Place) -> None:
    for table in names.tables.values():
        for name in table.names:
            said = f"`*` takes in the column {name!r} of {table.name}, which a query cannot read"
            _check_readable(table, name, place, said)


def _check_readable(table: GivenTable, name: str, place: Place, said: str) -> None:
    try:
        table.column(name)
    except Mistake as mistake:
        raise Mistake("E-QUERY", f"{said}: {mistake.problem.message}", place, _DECLARE) from None


_DECLARE = (
    "name the columns that are wanted; to have this one as typed, declare it in the long form of the table, "
    "as `columns: {name: number}` or `columns: {name: text}`"
)


def _check_function(part: _Part, names: _Names, place: Place) -> None:
    name = str(part["function_name"])
    allowed = _FUNCTIONS | WINDOWS if part["class"] == "WINDOW" else _FUNCTIONS
    if name.casefold() in allowed and not part.get("schema") and not part.get("catalog"):
        return
    hint = did_you_mean(name[:60], allowed, _ALLOWED)
    raise _refused(f"the function {name[:60]!r}", place, hint if hint.startswith("did") else _ALLOWED)


def _check_type(part: _Part, names: _Names, place: Place) -> None:
    if str(part["type_name"]).casefold() not in TYPES or part.get("schema") or part.get("catalog"):
        raise _refused(f"the type {str(part['type_name'])[:60]!r}", place)


def _check_operator(part: _Part, names: _Names, place: Place) -> None:
    if part["type"] not in OPERATORS:
        raise _refused(f"the operator {part['type'].lower()}", place)


_CHECKS: Mapping[str, Callable[[_Part, _Names, Place], None]] = {
    "BASE_TABLE": _check_table,
    "JOIN": _check_join,
    "COLUMN_REF": _check_column,
    "STAR": _check_star,
    "FUNCTION": _check_function,
    "WINDOW": _check_function,
    "TYPE": _check_type,
    "OPERATOR": _check_operator,
}


def _refused(what: str, place: Place, hint: str = _ALLOWED) -> Mistake:
    return Mistake("E-QUERY", f"a query cannot use {what}", place, hint)


def _place(part: _Part, question: Question) -> Place:
    """Where a part stands; the parser counts bytes, and gives a huge number for what is not written out."""
    data = question.text.encode()
    start, width = part.get("query_location"), part.get("query_location_length") or 1
    if not isinstance(start, int) or start >= len(data):
        return _whole(question)
    before, here = data[:start].decode(errors="ignore"), data[start : start + width].decode(errors="ignore")
    return question.at(len(before), max(1, len(here)))


def _whole(question: Question) -> Place:
    return question.at(0, max(1, len(question.text)))
