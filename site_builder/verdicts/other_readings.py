"""The other readings of a stated number in words: what it would be met as, worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the terminal says these, and takes no time to get ready
    from site_builder.verdicts.decision import NumberJson, ReadingJson


def sentence(number: NumberJson) -> str:
    """The other readings of a stated number in words, each worked out; nothing where there are none."""
    met = [_worked_out(one, ", ") for one in number["readings"] if one["meets"]]
    other = [f"the {_worked_out(one, ' is ')}" for one in number["readings"] if not one["meets"]]
    if not met:
        return ""
    return "; ".join([f"{number['stated']} would be met as the {', or as the '.join(met)}", *other])


def _worked_out(one: ReadingJson, link: str) -> str:
    return f"{one['name']}{link}{one['formula']} = {one['shown']}"
