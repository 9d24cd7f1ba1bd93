"""Markdown by strangers, as HTML that holds nothing but what they may say.

Raw HTML stays text, images are not loaded, links follow an allow-list, and what a binding or a directive stands for
is put in as tokens, so that no value can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from site_builder.pages.addresses import Address, fingerprint, slug
from site_builder.pages.links import is_allowed
from site_builder.pages.prose import Block, Prose, Value
from site_builder.pages.weave import block_key
from site_builder.problems import visible

LONGEST_FIELD = 50_000
LONGEST_REPORT = 1_000_000
# Opening brackets are looked up to the end of their paragraph, each of them: with many, that is quadratic.
MOST_BRACKETS = 1_000
BINDING = re.compile(r"\{\{\s*([^{}|\n]+?)\s*(?:\|\s*([^{}\n]*?)\s*)?\}\}")
DIRECTIVE = re.compile(r"\{\{\s*(\w+)((?:\s+[^{}\n]*?)?)\s*\}\}[ \t]*")
LITERAL = re.compile(r"\[([^\[\]\n]{1,200})\]\{\.literal\}")

ShowBlock = Callable[[Block], str]
"""Gives the HTML of what a directive stands for."""


def html_of(prose: Prose, here: Address, show: ShowBlock) -> str:
    """The HTML of a Markdown text on the page `here`; one too long to parse safely is shown as plain text."""
    text = visible(prose.text.replace("\r\n", "\n").replace("\r", "\n"))
    limit = LONGEST_REPORT if prose.blocks or prose.level == 2 else LONGEST_FIELD
    if len(text) > limit:
        return f'<p class="plain">{escapeHtml(text)}</p>\n'
    env = {"prose": prose, "here": here, "show": show, "shown": set(), "docId": prose.prefix}
    return str(_parser().render(text, env))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    parser.disable(["image", "html_block", "html_inline"])
    parser.use(footnote_plugin, inline=False)
    parser.validateLink = is_allowed  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "binding", _binding)
    parser.inline.ruler.before("link", "literal", _literal)
    parser.block.ruler.before("paragraph", "directive", _directive, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.core.ruler.before("inline", "brackets", _flatten_brackets)
    parser.core.ruler.push("headings", _arrange_headings)
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def _binding(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    match = BINDING.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("binding", "", 0)
        token.content = match.group(0)
        token.meta = {"name": match.group(1), "format": match.group(2) or ""}
    state.pos = match.end()
    return True


def _literal(state: StateInline, silent: bool) -> bool:
    match = LITERAL.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("literal", "span", 0).content = match.group(1)
    state.pos = match.end()
    return True


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A directive stands on a line of its own, and only there where the page has something to show for it."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = DIRECTIVE.fullmatch(line)
    if match is None or block_key(match.group(1), match.group(2)) not in state.env["prose"].blocks:
        return False
    if silent:
        return True
    token = state.push("directive", "", 0)
    token.meta = {"key": block_key(match.group(1), match.group(2))}
    token.map = [start, start + 1]
    state.line = start + 1
    return True


def _flatten_brackets(state: StateCore) -> None:
    """Make plain text of paragraphs with more brackets than prose has."""
    for token in state.tokens:
        if token.type == "inline" and token.content.count("[") > MOST_BRACKETS:
            token.type = "flat"


def _arrange_headings(state: StateCore) -> None:
    """Start headings at the level that the page needs, never skip one, and give each an id of its own."""
    level, taken = state.env["prose"].level, dict[str, int]()
    first, previous = None, level - 1
    for place, token in enumerate(state.tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        if token.type == "heading_close":
            token.tag = f"h{previous}"
            continue
        depth = int(token.tag[1:])
        first = depth if first is None else first
        previous = max(level, min(level + depth - first, previous + 1, 6))
        token.tag = f"h{previous}"
        token.attrSet("id", _heading_id(state, state.tokens[place + 1].content, taken))


def _heading_id(state: StateCore, text: str, taken: dict[str, int]) -> str:
    name = f"{state.env['prose'].prefix}-{slug(text)}"
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}-{fingerprint(name)}"


Rule = Callable[[RendererHTML, Sequence[Token], int, Any, MutableMapping[str, Any]], str]


def _show_binding(_: object, tokens: Sequence[Token], at: int, __: object, env: Mapping[str, Any]) -> str:
    token = tokens[at]
    value: Value | None = env["prose"].values.get(token.meta["name"])
    if value is None:
        return f'<span class="unbound">{escapeHtml(token.content)}</span>'
    text = escapeHtml(visible(written(value, token.meta["format"])))
    href = escapeHtml(env["here"].to(value.target))
    return f'<a class="value" href="{href}">{text}</a>'


def written(value: Value, format_spec: str) -> str:
    """A value as prose shows it: as it was stated, or in the format that the binding asks for."""
    if not format_spec or value.number is None:
        return value.text
    is_share = format_spec.endswith("%")
    number = value.number / 100 if is_share and value.unit == "%" else value.number
    try:
        text = format(number, format_spec)
    except ValueError:
        return value.text
    if is_share or not value.unit:
        return text
    return text + ("" if value.unit in ("%", "x") else " ") + value.unit


def _show_literal(_: object, tokens: Sequence[Token], at: int, __: object, ___: object) -> str:
    return f"<span>{escapeHtml(tokens[at].content)}</span>"


def _show_flat(_: object, tokens: Sequence[Token], at: int, __: object, ___: object) -> str:
    return escapeHtml(tokens[at].content)


def _show_directive(
    _: object, tokens: Sequence[Token], at: int, __: object, env: MutableMapping[str, Any]
) -> str:
    key = tokens[at].meta["key"]
    if key in env["shown"]:
        return f'<p class="again">Shown above: {escapeHtml(key)}</p>\n'
    env["shown"].add(key)
    return str(env["show"](env["prose"].blocks[key]))


def _open_table(*_: object) -> str:
    return '<div class="scroll" tabindex="0" role="group" aria-label="Table">\n<table class="grid">\n'


def _open_link(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    if str(tokens[at].attrs.get("href", "")).lower().startswith("http"):
        tokens[at].attrSet("rel", "nofollow noopener")
    return renderer.renderToken(tokens, at, options, env)


RULES: Mapping[str, Callable[..., str]] = {
    "binding": _show_binding,
    "literal": _show_literal,
    "flat": _show_flat,
    "directive": _show_directive,
    "table_open": _open_table,
    "table_close": lambda *_: "</table>\n</div>\n",
    "link_open": _open_link,
}
