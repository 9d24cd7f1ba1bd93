"""The part of a nested value that a place names, in JSONPath (RFC 9535) without its patterns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from site_builder.problems import Mistake, did_you_mean

if TYPE_CHECKING:  # imported when a place is looked for
    from jsonpath import JSONPathEnvironment
    from jsonpath.path import JSONPath

_PATH_LIMIT, _NODE_LIMIT, _DESCENT_LIMIT = 500, 1_000_000, 2


def select(root: object, inside: str, path: str) -> list[object]:
    """The values at a place such as ``$.results[*]``, in order; none if a filter or an empty list gives none.

    Raises Mistake E-PLACE for what is no JSONPath, and for a name that the file does not have.
    """
    compiled = _compile(inside, path, root)
    if not isinstance(root, list | Mapping):
        return [root] if inside == "$" else []
    found = list(islice((match.obj for match in compiled.finditer(root)), _NODE_LIMIT + 1))
    if len(found) > _NODE_LIMIT:
        raise Mistake("E-PLACE", f"{inside!r} selects more than {_NODE_LIMIT:,} values", None, "choose fewer")
    if not found:
        _refuse_unknown_name(root, compiled, inside, path)
    return found


def places(root: object) -> tuple[str, ...]:
    """The places of the lists and objects near the top: ``$.results[*]``."""
    if isinstance(root, list):
        return (f"#$[*] ({len(root):,} items)",)
    if not isinstance(root, Mapping):
        return ()
    kinds = {list: "[*]", dict: ""}
    return tuple(
        f"#$.{key}{kinds[list] if isinstance(value, list) else ''} ({len(value):,} items)"
        for key, value in root.items()
        if isinstance(value, list | Mapping)
    )


@lru_cache(maxsize=1)
def _environment() -> JSONPathEnvironment:
    """JSONPath without `match` and `search`, whose patterns take unbounded time."""
    from jsonpath import JSONPathEnvironment

    environment = JSONPathEnvironment(strict=True)
    for name in ("match", "search"):
        del environment.function_extensions[name]
    return environment


def _compile(inside: str, path: str, root: object) -> JSONPath:
    from jsonpath import JSONPath, JSONPathError

    if not inside.startswith("$"):
        known = [place.split()[0] for place in places(root)]
        hint = did_you_mean(f"#$.{inside}", known, "places are: ") or "write it as #$.name"
        raise Mistake("E-PLACE", f"{inside!r} is no place in {path}: places begin with $", None, hint)
    if len(inside) > _PATH_LIMIT or inside.count("..") > _DESCENT_LIMIT:
        message = f"a place has at most {_PATH_LIMIT} characters and {_DESCENT_LIMIT} descents (..)"
        raise Mistake("E-PLACE", message, None, "name the way down to the rows")
    try:
        compiled = _environment().compile(inside)
    except (JSONPathError, ValueError, OverflowError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it cannot be read"
        raise Mistake("E-PLACE", f"{inside!r} is not JSONPath: {reason}", None, _HINT) from None
    if not isinstance(compiled, JSONPath):
        raise Mistake("E-PLACE", f"{inside!r} is not a single JSONPath", None, _HINT)
    return compiled


_HINT = "a place is such as $.results[*], $.runs[0].steps or $.results[?@.seed == 8]"


def _refuse_unknown_name(
    root: list[object] | Mapping[str, object], compiled: JSONPath, inside: str, path: str
) -> None:
    """Raises Mistake if the first step that selects nothing is a name or a number, and so probably a slip."""
    from jsonpath.selectors import IndexSelector, NameSelector

    nodes = list(type(compiled)(env=compiled.env, segments=()).finditer(root))
    for segment in compiled.segments:
        after = list(islice(segment.resolve(nodes), _NODE_LIMIT))
        if after:
            nodes = after
            continue
        if all(isinstance(selector, NameSelector | IndexSelector) for selector in segment.selectors):
            names = {str(key) for node in nodes if isinstance(node.obj, Mapping) for key in node.obj}
            wanted = str(getattr(segment.selectors[0], "name", ""))
            hint = did_you_mean(wanted, names, "names there are: ") or "; ".join(places(root))
            raise Mistake("E-PLACE", f"there is nothing at {inside!r} in {path}", None, hint)
        return
