"""Pages become bytes; a template that goes wrong is its author's mistake, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.outputs.render import render
from site_builder.pages.addresses import Address
from site_builder.pages.page import Page, page_of
from site_builder.pages.site import present
from site_builder.problems import Mistake
from tests.pages import fakes


def page(template: str, **context: object) -> Page:
    return page_of(Address("x.html"), template, {"here": Address("x.html"), **context})


def test_each_page_is_a_file() -> None:
    pages = present(fakes.site(fakes.refuted()))
    files = render(pages)
    assert {page.url for page in pages} <= files.keys()
    assert files["index.html"].startswith(b"<!DOCTYPE html>")


def test_style_and_script_come_along() -> None:
    assert {"assets/site.css", "assets/tables.js", "assets/icon.svg"} <= render(()).keys()


def test_a_project_s_files_come_before_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "site.css").write_text("/* ours */", encoding="utf-8")
    (tmp_path / "assets" / "logo.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "missing.html").write_text("{{ x }}", encoding="utf-8")
    files = render([page("missing.html", x="<")], tmp_path)
    assert files["assets/site.css"] == b"/* ours */"
    assert files["assets/logo.svg"] == b"<svg/>"
    assert files["x.html"] == b"&lt;"


def test_a_lone_surrogate_does_not_stop_the_build(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text("{{ x }}", encoding="utf-8")
    assert render([page("one.html", x="\ud800")], tmp_path)["x.html"] == "⟨U+D800⟩".encode()


@pytest.mark.parametrize(
    ("source", "said", "line"),
    [
        ("{{ nothing }}", "'nothing' is undefined", 1),
        ("\n{% if %}", "Expected an expression", 2),
        ("{% include 'nowhere.html' %}", "nowhere.html", 1),
        ("\n\n  {{ 1 + 'x' }}", "unsupported operand", 3),
        ("{{ 'x' | nofilter }}", "No filter named 'nofilter'", 1),
        ("{% extends 'base.html' %}\n{% block title %}{{ gone }}{% endblock %}", "'gone' is undefined", 2),
    ],
)
def test_a_template_that_goes_wrong_is_a_mistake(tmp_path: Path, source: str, said: str, line: int) -> None:
    (tmp_path / "one.html").write_text(source, encoding="utf-8")
    with pytest.raises(Mistake) as raised:
        render([page("one.html")], tmp_path)
    problem = raised.value.problem
    assert problem.code == "E-TEMPLATE"
    assert said in problem.message
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == ("templates/one.html", line)
    assert problem.place.text == source.splitlines()[line - 1]
    assert problem.render().splitlines()[2].strip(" |^") == ""


def test_a_template_that_is_no_text_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_bytes(b"\xff")
    with pytest.raises(Mistake) as raised:
        render([page("one.html")], tmp_path)
    assert "utf-8" in raised.value.problem.message


def test_a_large_site_s_front_page_leads_to_lists_that_go_on() -> None:
    claims = [fakes.decision(f"g/c{place:04}", group="g", probe=fakes.probe()) for place in range(501)]
    files = render(present(fakes.site(*claims, reports=()), lambda plot: "<svg></svg>"))
    front, listed = files["index.html"].decode(), files["groups/g.html"].decode()
    assert 'href="groups/g.html"' in front
    assert "claims/g/c0000.html" not in front
    assert "Page 1 of 2" in listed
    assert 'href="g.2.html"' in listed
    assert "first 100 of 501" in files["green.html"].decode()
