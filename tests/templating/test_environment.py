"""Templates cannot let foreign text out unescaped, nor name what is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, UndefinedError

from site_builder.pages.addresses import Address
from site_builder.pages.prose import Block, Prose, Spot
from site_builder.templating.environment import environment, shipped_templates

TEMPLATES = sorted(shipped_templates().rglob("*.html"))


def rendered(source: str, **context: object) -> str:
    made = environment()
    return made.from_string(source).render(context)


def test_text_is_escaped() -> None:
    assert rendered("{{ x }}", x="<b>\"'&") == "&lt;b&gt;&#34;&#39;&amp;"


def test_text_is_escaped_whatever_the_template_is_called() -> None:
    made = environment()
    made.loader = DictLoader({"x.html.j2": "{{ x }}", "x.txt": "{{ x }}"})
    assert made.get_template("x.html.j2").render(x="<") == "&lt;"
    assert made.get_template("x.txt").render(x="<") == "&lt;"


def test_a_foreign_template_is_text() -> None:
    assert rendered("{{ x }}", x="{{ 7 * 7 }}") == "{{ 7 * 7 }}"


def test_invisible_characters_are_shown() -> None:
    assert rendered("{{ x }}", x="a\u202eb\x00") == "a⟨U+202E⟩b⟨U+0000⟩"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ nothing }}")


def test_prose_is_markdown() -> None:
    assert rendered("{{ x | prose }}", x=Prose("*a*"), here=Address("a.html")) == "<p><em>a</em></p>\n"


def test_a_directive_is_shown_by_its_template() -> None:
    text = "{{ corrections }}"
    prose = Prose(text, (Spot(0, len(text), Block("unwoven", {"text": "<nothing>"})),))
    assert "<code>&lt;nothing&gt;</code>" in rendered("{{ x | prose }}", x=prose, here=Address("a.html"))


def test_a_path_may_wrap_and_is_escaped() -> None:
    assert rendered("{{ x | breakable }}", x="a/<b>_c") == "a/<wbr>&lt;b&gt;_<wbr>c"


def test_a_drawing_must_be_one() -> None:
    with pytest.raises(ValueError, match="SVG"):
        rendered("{{ x | drawing }}", x="<script></script>")


def test_a_project_s_template_comes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "missing.html").write_text("ours", encoding="utf-8")
    assert environment(tmp_path).get_template("missing.html").render() == "ours"
    assert environment(tmp_path).get_template("base.html")


def test_templates_are_shipped() -> None:
    assert {"base.html", "claim.html", "front.html"} <= {path.name for path in TEMPLATES}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(shipped_templates())))
def test_a_shipped_template_never_turns_escaping_off(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe|autoescape|Markup", source)
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(shipped_templates())))
def test_a_shipped_template_can_be_read(path: Path) -> None:
    made: Environment = environment()
    made.parse(path.read_text(encoding="utf-8"))
