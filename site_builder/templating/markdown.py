"""Markdown by strangers, as HTML that holds nothing but what they may say.

Raw HTML stays text, images are not loaded, and links follow an allow-list. What a binding or a directive
shows takes its place as a token of the parsed text, so that no value can become markup.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, MutableMapping, Sequence
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

from site_builder.pages.addresses import Address, page_of_source, slug
from site_builder.pages.links import is_allowed
from site_builder.pages.prose import LONGEST_FIELD, LONGEST_REPORT, Block, Prose, Spot, Value
from site_builder.problems import visible

# Each of these is looked up to the end of its paragraph: more than prose ever has would take quadratic time.
MOST_BRACKETS = 100
MOST_OPENINGS = 1_000
OPENINGS = re.compile(r"[<`*_~]")
# A private character, which foreign text cannot hold here: it was made visible. Parsers stop at the brace.
SPOT = re.compile("\\{\ue000([0-9]+)\\}")
LITERAL = re.compile(r"\[([^\[\]\n]{1,200})\]\{\.literal\}")

ShowBlock = Callable[[Block], str]
"""Gives the HTML of what a directive stands for."""


def html_of(prose: Prose, here: Address, show: ShowBlock) -> str:
    """The HTML of a Markdown text on the page `here`; one too long to parse safely is shown as plain text."""
    if len(prose.text) > (LONGEST_REPORT if prose.is_report else LONGEST_FIELD):
        return f'<p class="plain">{escapeHtml(visible(prose.text))}</p>\n'
    env = {"prose": prose, "here": here, "show": show, "docId": prose.prefix, "anchors": {}}
    return str(_parser().render(_marked(prose), env))


def _marked(prose: Prose) -> str:
    """The text with a mark for each spot, and everything else made visible."""
    pieces, at = [], 0
    for number, spot in enumerate(prose.spots):
        pieces += [visible(prose.text[at : spot.start]), f"{{\ue000{number}}}"]
        at = spot.end
    return "".join([*pieces, visible(prose.text[at:])])


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    parser.disable(["image", "html_block", "html_inline"])
    parser.use(footnote_plugin, inline=False)
    parser.validateLink = _is_followed  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "literal", _literal)
    parser.inline.ruler.before("link", "spot", _spot)
    parser.block.ruler.before(
        "paragraph", "directive", _directive, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    parser.core.ruler.before("inline", "plain", _leave_plain)
    parser.core.ruler.push("headings", _arrange_headings)
    parser.core.ruler.push("unmarked", _unmark_code)
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def _is_followed(url: str) -> bool:
    """Whether a link is made of it; a binding inside an address makes no link."""
    return is_allowed(url) and "%EE%80%80" not in url and "\ue000" not in url


def _spot(state: StateInline, silent: bool) -> bool:
    match = SPOT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("spot", "", 0).meta = {"spot": _spot_at(state.env, match)}
    state.pos = match.end()
    return True


def _literal(state: StateInline, silent: bool) -> bool:
    match = LITERAL.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("literal", "span", 0).content = _unmarked(match.group(1), state.env["prose"])
    state.pos = match.end()
    return True


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A directive stands on a line of its own."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = SPOT.fullmatch(line.strip())
    if match is None or not isinstance(_spot_at(state.env, match).shown, Block):
        return False
    if not silent:
        token = state.push("spot", "", 0)
        token.meta = {"spot": _spot_at(state.env, match)}
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _spot_at(env: MutableMapping[str, Any], match: re.Match[str]) -> Spot:
    spot: Spot = env["prose"].spots[int(match.group(1))]
    return spot


def _leave_plain(state: StateCore) -> None:
    """Leave paragraphs as text that have more openings of links, code and emphasis than prose has."""
    for token in state.tokens:
        if token.type == "inline" and _is_crowded(token.content):
            token.type = "flat"


def _is_crowded(text: str) -> bool:
    return text.count("[") > MOST_BRACKETS or len(OPENINGS.findall(text)) > MOST_OPENINGS


def _arrange_headings(state: StateCore) -> None:
    """Start headings at the level that the page needs, never skip one, and give each an id of its own."""
    level: int = state.env["prose"].level
    first, previous = 0, level - 1
    for place, token in enumerate(state.tokens):
        if token.type == "heading_close":
            token.tag = f"h{previous}"
        if token.type == "heading_open":
            depth = int(token.tag[1:])
            first = first or depth
            previous = max(level, min(level + depth - first, previous + 1, 6))
            token.tag = f"h{previous}"
            token.attrSet("id", _heading_id(state, state.tokens[place + 1].content))


def _heading_id(state: StateCore, text: str) -> str:
    """An id from the heading's words, numbered where an earlier heading has the same."""
    anchors: dict[str, int] = state.env["anchors"]
    name = f"{state.env['prose'].prefix}-{slug(SPOT.sub(' ', text))}"
    anchors[name] = anchors.get(name, 0) + 1
    return name if anchors[name] == 1 else f"{name}--{anchors[name]}"


def _unmark_code(state: StateCore) -> None:
    """Put back what was typed where a mark ended up in code, which shows things as they are."""
    for token in state.tokens:
        for inner in (token, *(token.children or ())):
            if "\ue000" in inner.content and inner.type != "inline":
                inner.content = _unmarked(inner.content, state.env["prose"])


def _unmarked(text: str, prose: Prose) -> str:
    def typed(match: re.Match[str]) -> str:
        spot = prose.spots[int(match.group(1))]
        return visible(prose.text[spot.start : spot.end])

    return SPOT.sub(typed, text)


def _show_spot(_: object, tokens: Sequence[Token], at: int, __: object, env: MutableMapping[str, Any]) -> str:
    spot: Spot = tokens[at].meta["spot"]
    if isinstance(spot.shown, Block):
        return str(env["show"](spot.shown))
    if isinstance(spot.shown, Value):
        href = escapeHtml(env["here"].to(spot.shown.target))
        stated = escapeHtml(visible(spot.shown.stated))
        before = f'<s class="stated">{stated}</s> ' if stated else ""
        return f'{before}<a class="value" href="{href}">{escapeHtml(visible(spot.shown.text))}</a>'
    typed = escapeHtml(visible(env["prose"].text[spot.start : spot.end]))
    return f'<span class="unbound">{typed}</span>'


def _show_text(_: object, tokens: Sequence[Token], at: int, *rest: object) -> str:
    return escapeHtml(tokens[at].content)


def _open_table(*_: object) -> str:
    return '<div class="scroll" tabindex="0" role="group" aria-label="Table">\n<table class="written">\n'


def _close_table(*_: object) -> str:
    return "</table>\n</div>\n"


def _open_cell(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """A cell; its alignment is a class, since the page allows no styles in elements."""
    token = tokens[at]
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrSet("class", "align-" + style.rpartition(":")[2])
    if token.tag == "th":
        token.attrSet("scope", "col")
    return renderer.renderToken(tokens, at, options, env)


def _open_link(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    href = str(tokens[at].attrs.get("href", ""))
    if href.lower().startswith("http"):
        tokens[at].attrSet("rel", "nofollow noopener")
    else:
        tokens[at].attrSet("href", _page_link(href, env["prose"].path, env["here"]))
    return renderer.renderToken(tokens, at, options, env)


def _page_link(href: str, path: str, here: Address) -> str:
    """The link to the page of a claim or report, where the text links to its file; any other link as it is."""
    file, mark, anchor = href.partition("#")
    if not path or not file or file.startswith("/"):
        return href
    page = page_of_source(posixpath.normpath(posixpath.join(posixpath.dirname(path), file)))
    return here.to(page + mark + anchor) if page else href


RULES: dict[str, Callable[..., str]] = {
    "spot": _show_spot,
    "literal": _show_text,
    "flat": _show_text,
    "table_open": _open_table,
    "table_close": _close_table,
    "th_open": _open_cell,
    "td_open": _open_cell,
    "link_open": _open_link,
}
