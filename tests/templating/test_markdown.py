"""Markdown by strangers becomes HTML that can do nothing but be read."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from site_builder.pages.addresses import Address
from site_builder.pages.prose import LONGEST_FIELD, Block, Prose, Spot, Value
from site_builder.templating.markdown import html_of

HERE = Address("claims/a/b.html")
HARMLESS = {
    *[
        "p",
        "a",
        "em",
        "strong",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "br",
        "s",
    ],
    *["div", "span", "section", "sup"],
}
ATTRIBUTES = {"href", "rel", "class", "id", "start", "title", "scope", "tabindex", "role", "aria-label"}


def html(text: str, *spots: Spot, level: int = 3, path: str = "") -> str:
    return html_of(Prose(text, spots, level, "p", path), HERE, lambda block: f"<hr class='{block.template}'>")


def spot(text: str, braces: str, shown: Value | Block | None) -> Spot:
    start = text.index(braces)
    return Spot(start, start + len(braces), shown)


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    document = JustHTML(page, fragment=True, sanitize=False)
    return [(node.name, dict(node.attrs or {})) for node in document.query("*")]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<div>\n\nblock\n\n</div>",
        "<!-- comment -->",
        "<?php ?>",
        "[a](javascript:alert(1))",
        "[a](<javascript:alert(1)>)",
        "[a](JAVASCRIPT&colon;alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](//example.org)",
        "[a](vbscript:x 'title')",
        "[a]\n\n[a]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "![a](https://example.org/x.png)",
        "![a](x.png 'onerror=alert(1)')",
        '[a](https://example.org/"onmouseover="alert(1))',
        "```<img src=x onerror=alert(1)>\ncode\n```",
        '~~~ "><script>\ncode\n~~~',
        "# <script>alert(1)</script>",
        "|a|\n|-|\n|<script>|",
        "x[^1]\n\n[^1]: <script>alert(1)</script>",
        "[<script>]{.literal}",
        "[a]{.literal onclick=x}",
    ],
)
def test_nothing_active_comes_out(text: str) -> None:
    for name, attributes in elements(html(text)):
        assert name in HARMLESS
        assert set(attributes) <= ATTRIBUTES
        href = attributes.get("href") or ""
        assert re.match(r"(https?://|mailto:|#|[\w./-]*$)", href)


@given(st.text(alphabet=st.sampled_from("[]()<>{}|`*_#&;:!-\\\n\"' ajs/.^~1\ue000"), max_size=120))
def test_any_text_gives_harmless_elements(text: str) -> None:
    for name, attributes in elements(html(text)):
        assert name in HARMLESS
        assert set(attributes) <= ATTRIBUTES
        assert not (attributes.get("href") or "").lower().startswith(("javascript", "data", "//"))


def test_a_binding_becomes_a_link_to_its_receipt() -> None:
    text = "about {{ x }}."
    made = html(text, spot(text, "{{ x }}", Value("38x", "claims/a/c.html#number-x")))
    assert made == '<p>about <a class="value" href="c.html#number-x">38x</a>.</p>\n'


@pytest.mark.parametrize("value", ["<script>", "**b**", "[a](https://x.org)", "`c`", "# h", "{{ x }}", "|"])
def test_a_value_cannot_be_markup(value: str) -> None:
    text = "{{ x }}"
    made = html(text, spot(text, text, Value(value, "claims/a/b.html#x")))
    assert [name for name, _ in elements(made)] == ["p", "a"]
    assert JustHTML(made, fragment=True, sanitize=False).to_text().strip() == value


def test_a_binding_works_inside_emphasis_and_tables() -> None:
    text = "| a |\n|---|\n| **{{ x }}** |"
    made = html(text, spot(text, "{{ x }}", Value("1", "claims/a/b.html#x")))
    assert '<strong><a class="value" href="#x">1</a></strong>' in made


def test_a_binding_inside_a_link_s_address_makes_no_link() -> None:
    text = "[a]({{ x }})"
    made = html(text, spot(text, "{{ x }}", Value("javascript:alert(1)", "claims/a/b.html#x")))
    assert [attributes["href"] for name, attributes in elements(made) if name == "a"] == ["#x"]


def test_what_lands_in_code_is_shown_as_typed() -> None:
    text = "    {{ x }}"
    assert html(text, spot(text, "{{ x }}", Value("1", "#x"))) == "<pre><code>{{ x }}\n</code></pre>\n"


def test_an_unknown_binding_is_shown_and_marked() -> None:
    text = "about {{ <b> }}"
    made = html(text, spot(text, "{{ <b> }}", None))
    assert '<span class="unbound">{{ &lt;b&gt; }}</span>' in made


def test_a_typed_mark_is_not_taken_for_ours() -> None:
    text = "{\ue0000} {{ x }}"
    made = html(text, spot(text, "{{ x }}", Value("1", "#x")))
    assert made.count("<a ") == 1
    assert "⟨U+E000⟩" in made


def test_a_directive_on_its_line_is_shown_as_its_block() -> None:
    text = "before\n\n{{ verdicts }}\n\nafter"
    made = html(text, spot(text, "{{ verdicts }}", Block("verdicts", None)))
    assert made == "<p>before</p>\n<hr class='verdicts'><p>after</p>\n"


def test_a_directive_ends_a_paragraph() -> None:
    text = "before\n{{ verdicts }}\nafter"
    made = html(text, spot(text, "{{ verdicts }}", Block("verdicts", None)))
    assert made == "<p>before</p>\n<hr class='verdicts'><p>after</p>\n"


def test_a_literal_is_plain_text() -> None:
    assert html("about [2e-4]{.literal}.") == "<p>about 2e-4.</p>\n"


def test_invisible_characters_become_marks() -> None:
    assert "a⟨U+202E⟩b" in html("a\u202eb")


def test_raw_html_is_text() -> None:
    assert html("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    ("text", "level", "tags"),
    [
        ("# a\n## b\n# c", 2, ["h2", "h3", "h2"]),
        ("### a\n#### b", 2, ["h2", "h3"]),
        ("# a\n#### b", 3, ["h3", "h4"]),
        ("## a\n# b", 3, ["h3", "h3"]),
        ("# a\n## b\n### c\n#### d\n##### e", 4, ["h4", "h5", "h6", "h6", "h6"]),
    ],
)
def test_headings_start_where_the_page_needs_and_skip_none(text: str, level: int, tags: list[str]) -> None:
    assert [name for name, _ in elements(html(text, level=level))] == tags


def test_headings_with_one_text_have_ids_of_their_own() -> None:
    made = elements(html("# a b\n# a-b\n# a b 2"))
    ids = [attributes["id"] for _, attributes in made]
    assert len(set(ids)) == 3
    assert all(str(found).startswith("p-") for found in ids)


def test_footnotes_of_two_texts_do_not_share_ids() -> None:
    text = "a[^1]\n\n[^1]: note"
    first, second = (html_of(Prose(text, prefix=prefix), HERE, str) for prefix in ("a", "b"))
    ids = [
        attributes["id"] for page in (first, second) for _, attributes in elements(page) if "id" in attributes
    ]
    assert len(ids) == len(set(ids)) == 4


def test_a_table_scrolls_in_a_box_that_keys_can_reach() -> None:
    made = elements(html("| a | b |\n|---|--:|\n| 1 | 2 |"))
    assert made[0] == ("div", {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Table"})
    assert ("th", {"class": "align-right", "scope": "col"}) in made
    assert not any("style" in attributes for _, attributes in made)


@pytest.mark.parametrize(
    ("href", "link"),
    [
        ("../x.md", "../../reports/x.html"),
        ("../reports/x.md#part", "../../reports/x.html#part"),
        ("c.yaml", "c.html"),
        ("b.yml", "b.html"),
        ("../index.md", "../../index.html"),
        ("../../evidence/x.csv", "../../evidence/x.csv"),
        ("other.html", "other.html"),
        ("#here", "#here"),
        ("/top.md", "/top.md"),
    ],
)
def test_a_link_to_a_file_leads_to_its_page(href: str, link: str) -> None:
    assert f'href="{link}"' in html(f"[a]({href})", path="claims/a/b.yaml")


def test_a_link_elsewhere_is_not_vouched_for() -> None:
    assert 'rel="nofollow noopener"' in html("[a](https://example.org)")


def test_a_text_that_is_too_long_is_shown_as_it_is() -> None:
    made = html("**a** " * LONGEST_FIELD)
    assert "<strong>" not in made
    assert made.startswith('<p class="plain">')


@pytest.mark.parametrize(
    "unit",
    [
        "![",
        "[",
        "](",
        "[a](",
        "<",
        "<a ",
        "`",
        "*a",
        "_a_",
        "**",
        "~~",
        "> ",
        "- ",
        "{{",
        "[^1]",
        "| ",
        "&",
        "\\",
        "1. ",
    ],
)
@pytest.mark.parametrize("gap", ["", "\n\n"])
def test_no_text_takes_long(unit: str, gap: str) -> None:
    run = unit * 90 + gap
    text = run * (LONGEST_FIELD // len(run))
    start = time.process_time()
    html(text)
    assert time.process_time() - start < 10
