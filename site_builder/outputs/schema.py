"""The JSON Schema of `claims.json`, made from the types that decisions have, so that neither can drift."""

from __future__ import annotations

import inspect
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from site_builder.outputs.twin import SCHEMA_FILE, SCHEMA_VERSION, Twin, json_bytes

DIALECT = "http://json-schema.org/draft-07/schema#"
PLAIN: dict[object, dict[str, object]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def claims_schema() -> dict[str, Any]:
    """The schema, in the draft that editors understand; its `$id` is relative: it holds on any host."""
    definitions: dict[str, Any] = {}
    whole = dict(_described(Twin, definitions))
    whole["properties"] = {**whole["properties"], "schema_version": {"const": SCHEMA_VERSION}}
    return {
        "$schema": DIALECT,
        "$id": f"{SCHEMA_FILE}?version={SCHEMA_VERSION}",
        "title": "Claims and their verdicts",
        **whole,
        "definitions": definitions,
    }


def schema_json() -> bytes:
    """The schema as it is published and kept in `docs/`."""
    return json_bytes(claims_schema())


def _described(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """An object schema for a typed dictionary: all keys required, no others allowed."""
    hints = get_type_hints(kind)
    return {
        "description": (inspect.getdoc(kind) or "").replace("\n", " ").strip(),
        "type": "object",
        "properties": {name: _schema(hint, definitions) for name, hint in hints.items()},
        "required": sorted(hints),
        "additionalProperties": False,
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if is_typeddict(hint):
        name = hint.__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _described(hint, definitions)
        return {"$ref": f"#/definitions/{name}"}
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(option, definitions) for option in inner]}
    if origin is list:
        return {"type": "array", "items": _schema(inner[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(inner[1], definitions)}
    return PLAIN[hint]
