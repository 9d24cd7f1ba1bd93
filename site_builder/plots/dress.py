"""A drawn figure, dressed for a page: theme colours, words, a title and description, ids of its own.

Styles become attributes, because a page's Content-Security-Policy may bar inline styles.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from site_builder.plots.colours import SENTINELS, css_value
from site_builder.plots.sketch import Sketch, Words
from site_builder.plots.wording import printable

_SVG: Final = "{http://www.w3.org/2000/svg}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_FONTS: Final = "var(--plot-font, system-ui, sans-serif)"
_SHAPES: Final = frozenset({"path", "use", "g", "defs", "clipPath", "rect"})
# Blanks that path data can do without: beside a letter, and all but one of several.
_SPACES: Final = re.compile(r" *([MLQCz ]) *")
_REFERENCE: Final = re.compile(r"#([\w.-]+)")


def dress(drawn: str, sketch: Sketch, *, title: str, alt: str, salt: str = "") -> str:
    """The SVG text to put into a page or a file, from the shapes as drawn and the words of the sketch.

    Ids begin with a hash of all that the figure shows and of `salt`.
    """
    prefix = _prefix(
        [salt, title, alt, drawn, *(repr(item) for item in sketch.items if isinstance(item, Words))]
    )
    root = _root(sketch, title, alt, prefix)
    root.extend(list(_tidied(ET.fromstring(drawn))))
    root.extend([_text(item) for item in sketch.items if isinstance(item, Words)])
    _rename(root, prefix)
    return ET.tostring(root, encoding="unicode")


def _prefix(parts: list[str]) -> str:
    return "p" + hashlib.sha256(ascii(parts).encode()).hexdigest()[:10]


def _root(sketch: Sketch, title: str, alt: str, prefix: str) -> ET.Element:
    width, height = _short(sketch.width), _short(sketch.height)
    root = ET.Element(
        "svg",
        {
            "xmlns": _SVG.strip("{}"),
            "class": "plot",
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "aria-labelledby": f"{prefix}-title {prefix}-desc",
            "font-family": _FONTS,
            "font-size": "12",
            "fill": css_value("ink"),
            "stroke-linejoin": "round",
        },
    )
    for tag, text in (("title", title), ("desc", alt)):
        ET.SubElement(root, tag, {"id": f"{prefix}-{tag}"}).text = printable(text)
    ET.SubElement(root, "rect", {"width": width, "height": height, "fill": css_value("surface")})
    return root


def _tidied(element: ET.Element) -> Iterator[ET.Element]:
    """The drawn children as plain shapes: no groups without a purpose, no metadata, no styles."""
    for child in element:
        tag = child.tag.removeprefix(_SVG)
        inner = list(_tidied(child))
        attributes = _attributes(child)
        if tag not in _SHAPES or (tag in ("g", "defs") and not inner):
            continue
        if tag == "g" and not attributes.keys() - {"id"}:
            yield from _hoisted(inner)
            continue
        made = ET.Element(tag, attributes)
        made.extend(inner)
        yield made


def _attributes(element: ET.Element) -> dict[str, str]:
    """The attributes, with the style taken apart and the sentinel colours replaced by the page's."""
    found = dict(element.attrib)
    style = found.pop("style", "")
    for rule in filter(None, style.split(";")):
        name, _, value = rule.partition(":")
        found[name.strip()] = value.strip()
    if _HREF in found:
        found["href"] = found.pop(_HREF)
    found.pop("stroke-dashoffset", None)
    if "d" in found:
        found["d"] = _SPACES.sub(r"\1", found["d"].strip())
    return {name: SENTINELS.get(value, value) for name, value in found.items()}


def _hoisted(children: list[ET.Element]) -> list[ET.Element]:
    """The children; where they are markers in one style, the style is moved to a group about them."""
    styles = [{name: value for name, value in child.items() if name not in ("x", "y")} for child in children]
    alike = all(child.tag == "use" for child in children) and all(style == styles[0] for style in styles)
    if len(children) < 2 or not alike:
        return children
    group = ET.Element("g", {name: value for name, value in styles[0].items() if name != "href"})
    for child in children:
        kept = {name: value for name, value in child.items() if name in ("x", "y", "href")}
        group.append(ET.Element("use", kept))
    return [group]


def _text(words: Words) -> ET.Element:
    attributes = {"x": _short(words.x), "y": _short(words.y)}
    if words.anchor != "start":
        attributes["text-anchor"] = words.anchor
    if words.size != 12:
        attributes["font-size"] = _short(words.size)
    if words.bold:
        attributes["font-weight"] = "600"
    if words.opacity != 1:
        attributes["fill-opacity"] = _short(words.opacity)
    if words.angle:
        attributes["transform"] = f"rotate({_short(words.angle)} {_short(words.x)} {_short(words.y)})"
    if words.halo:
        halo = {"stroke": css_value("surface"), "stroke-width": "3", "paint-order": "stroke"}
        attributes.update(halo)
    element = ET.Element("text", attributes)
    element.text = printable(words.text)
    return element


def _short(number: float) -> str:
    return f"{round(number, 2):g}"


def _rename(root: ET.Element, prefix: str) -> None:
    """Give every id that something refers to a name of this figure's own, and drop the others."""
    names: dict[str, str] = {}
    drawn = [element for element in root.iter() if element.tag not in ("svg", "title", "desc", "text")]
    for element in drawn:
        for name in ("href", "clip-path"):
            for old in _REFERENCE.findall(element.get(name, "")):
                names.setdefault(old, f"{prefix}-{len(names) + 1}")
                element.set(name, _REFERENCE.sub(f"#{names[old]}", element.get(name, "")))
    for element in drawn:
        if (old_id := element.attrib.pop("id", None)) in names:
            element.set("id", names[str(old_id)])
