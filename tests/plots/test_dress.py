from __future__ import annotations

from xml.etree import ElementTree as ET

from site_builder.plots.canvas import draw_shapes
from site_builder.plots.dress import dress
from site_builder.plots.sketch import Area, Box, Glyphs, Sketch, Stroke, Words
from tests.plots.plotted import SVG


def dressed(*items: Stroke | Area | Glyphs | Words) -> ET.Element:
    sketch = Sketch(100, items)
    return ET.fromstring(dress(draw_shapes(sketch), sketch, title="t", alt="a"))


def test_a_stroke_is_a_path_in_its_colour() -> None:
    root = dressed(Stroke((((0, 10), (20, 30)),), "1", 1.6, (4, 2)))
    (path,) = root.iter(f"{SVG}path")
    assert path.attrib["d"] == "M0 10L20 30"
    assert path.attrib["stroke"].startswith("var(--plot-1, ")
    assert (path.attrib["stroke-width"], path.attrib["stroke-dasharray"]) == ("1.6", "4,2")


def test_several_outlines_are_one_path() -> None:
    box = Box(0, 0, 10, 10)
    (path,) = dressed(Area((box.corners, box.corners), "heat", 0.5)).iter(f"{SVG}path")
    assert path.attrib["d"].count("z") == 2
    assert path.attrib["opacity"] == "0.5"


def test_markers_in_one_style_share_it() -> None:
    root = dressed(Glyphs(((10, 10), (20, 20), (30, 30)), "o", "2"))
    assert [use.attrib.keys() for use in root.iter(f"{SVG}use")] == [{"x", "y", "href"}] * 3


def test_a_hollow_marker_is_filled_with_the_surface() -> None:
    (use,) = dressed(Glyphs(((10, 10),), "o", "2", hollow=True)).iter(f"{SVG}use")
    assert use.attrib["fill"].startswith("var(--plot-surface, ")
    assert use.attrib["stroke"].startswith("var(--plot-2, ")


def test_what_is_clipped_refers_to_its_box() -> None:
    root = dressed(Stroke((((0, 10), (90, 30)),), "1", clip=Box(0, 0, 50, 50)))
    (clip,) = root.iter(f"{SVG}clipPath")
    (path,) = (element for element in root.iter(f"{SVG}path") if element.get("clip-path"))
    assert path.attrib["clip-path"] == f"url(#{clip.attrib['id']})"


def test_words_keep_their_place_and_look() -> None:
    words = Words(10, 20.5, "a < b", "end", 0.75, 13.5, bold=True, halo=True, angle=-45)
    (text,) = dressed(words).iter(f"{SVG}text")
    assert text.text == "a < b"
    assert (text.attrib["x"], text.attrib["y"], text.attrib["text-anchor"]) == ("10", "20.5", "end")
    assert (text.attrib["font-size"], text.attrib["font-weight"]) == ("13.5", "600")
    assert text.attrib["fill-opacity"] == "0.75"
    assert text.attrib["transform"] == "rotate(-45 10 20.5)"
    assert text.attrib["paint-order"] == "stroke"


def test_no_style_sheet_leaks_into_the_page() -> None:
    root = dressed(Stroke((((0, 10), (20, 30)),), "1"))
    assert not {"style", "metadata"} & {element.tag.removeprefix(SVG) for element in root.iter()}
