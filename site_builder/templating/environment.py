"""The template environment: strict about names, escaping always, foreign text made visible."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from site_builder.pages.addresses import Address
from site_builder.pages.prose import Block, Prose
from site_builder.pages.words import counted
from site_builder.problems import visible
from site_builder.templating.markdown import html_of


def shipped_templates() -> Path:
    """The folder of templates that come with the tool: inside the package, or beside it in the repository."""
    package = Path(__file__).parents[1]
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


def environment(*folders: Path) -> Environment:
    """A Jinja environment over these folders; the first that has a file wins, the shipped ones come last."""
    searched = dict.fromkeys([*folders, shipped_templates()])
    made = Environment(
        loader=FileSystemLoader([str(folder) for folder in searched]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    made.filters["prose"] = prose
    made.filters["breakable"] = breakable
    made.filters["drawing"] = drawing
    made.filters["counted"] = counted
    made.filters["thousands"] = "{:,}".format
    return made


def shown(value: object) -> object:
    """A value as a page shows it: invisible and direction-changing characters as marks."""
    if type(value) is str and not (value.isascii() and value.isprintable()):
        return visible(value)
    return value


@pass_context
def prose(context: Context, text: Prose) -> Markup:
    """The HTML of a foreign Markdown text, its directives shown by templates below ``blocks/``."""
    here = context["here"]
    if not isinstance(here, Address):  # a template's own `here` would break every link
        raise TypeError("a template has changed `here`, the address of the page")

    def show(block: Block) -> str:
        template = context.environment.get_template(f"blocks/{block.template}.html")
        return template.render({**_inherited(context), "block": block.view})

    return Markup(html_of(text, here, show))


def _inherited(context: Context) -> Mapping[str, object]:
    return {name: context[name] for name in ("here", "frame") if name in context}


def breakable(text: str) -> Markup:
    """A path or a dotted name that may wrap after each slash, dot and underscore."""
    parts = Markup.escape(visible(text))
    for sign in ("/", "_"):
        parts = parts.replace(sign, Markup(f"{sign}<wbr>"))
    return parts


def drawing(svg: str) -> Markup:
    """A plot's drawing, put into the page as it is: the plots room escapes what foreign texts are in it."""
    if not svg.startswith("<svg"):
        raise ValueError("a drawing is an SVG element")
    return Markup(svg)
