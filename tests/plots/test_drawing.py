from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.plots import draw
from site_builder.problems import Mistake
from tests.plots.plotted import KINDS, SVG, axis, cells, mark, plot, point, rising, root, series, texts

HOSTILE = [
    "</svg><script>alert(1)</script>",
    "]]><!--",
    '" onload="alert(1)',
    "$x^{\\frac{1}{2}}$ $",
    "&lt;&#60;&amp;",
    "\x00\x1b\ud800\ufffe\uffff",
    "\u202eabc\u2066\u200b",
    "👩‍🚀 naïve 汉字 עברית",
    "x" * 10_000,
    "<foreignObject/><image href='https://example.org/a.png'/>",
]
TAGS = {"svg", "title", "desc", "rect", "path", "g", "defs", "use", "text", "clipPath"}


def hostile(kind: str, text: str) -> Any:
    points = [
        point(1.0, 2.0, label=text, text=text, value=1.0),
        point(text, 3.0, label=text, text=text, value=2.0),
        point(2.0, None, text=text),
    ]
    marks = [mark("hline", text, value=2.0), mark("linear", text, a=1.0, b=2.0, series=text)]
    words: Any = {"title": text, "alt": text, "name": text, "value_label": text}
    return plot(
        kind,
        series(text, *points),
        series("b", *points),
        x=axis(text, text),
        y=axis(text),
        marks=marks,
        **words,
    )


def is_harmless(drawn: str) -> bool:
    """Whether nothing in the document runs, embeds, or refers to anything but its own parts."""
    for element in ET.fromstring(drawn).iter():
        if element.tag.removeprefix(SVG) not in TAGS:
            return False
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style" or "http" in value or "javascript" in value:
                return False
            if name == "href" and not value.startswith("#"):
                return False
    return "<!" not in drawn and "<?" not in drawn


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(kind: str, text: str) -> None:
    assert is_harmless(draw(hostile(kind, text)))


def test_the_harmlessness_check_itself_finds_harm() -> None:
    base = draw(rising("line"))
    for harm in (
        "<script/>",
        '<path onclick="x"/>',
        '<use href="https://example.org/#a"/>',
        '<g style="a:b"/>',
    ):
        assert not is_harmless(base.replace("</svg>", harm + "</svg>"))


def test_markup_in_a_label_is_shown_as_it_was_written() -> None:
    figure = plot("scatter", series("", point(1, 1, label="<b>$x$</b>")))
    assert "<b>$x$</b>" in texts(figure)


def test_direction_changing_characters_are_shown_as_marks() -> None:
    figure = plot("scatter", series("", point(1, 1, label="a\u202eb")))
    assert "a⟨U+202E⟩b" in texts(figure)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_draws_its_points(kind: str) -> None:
    figure = root(rising(kind))
    assert sum(element.tag in (f"{SVG}path", f"{SVG}use") for element in figure.iter()) > 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_plot_without_points_says_so(kind: str) -> None:
    assert "no rows to draw" in texts(plot(kind, series("")))
    assert "no rows to draw" in texts(plot(kind))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "values",
    [
        [5.0],
        [7.0, 7.0, 7.0],
        [0.0],
        [-1.0, 0.0],
        [1e308, -1e308],
        [5e-324, 1e308],
        [5e-324],
        [1.0, 1 + 2**-52],
    ],
)
@pytest.mark.parametrize("log", ["", "xy"])
def test_odd_values_are_drawn_inside_of_the_figure(kind: str, values: list[float], log: str) -> None:
    points = [point(value, value, value=value, y_low=value / 2, y_high=value) for value in values]
    drawn = draw(plot(kind, series("", *points), log=log, marks=[mark("power_law", "fit", a=2.0, b=300.0)]))
    assert not re.search(r"nan|inf\b", drawn.replace("inherit", ""))
    sizes = [abs(float(number)) for number in re.findall(r'[ "ML](-?\d+\.?\d*)(?=[ "L])', drawn)]
    assert max(sizes) < 5000


numbers = st.floats(allow_nan=False, allow_infinity=False)
bounds = st.none() | numbers
words = st.text(max_size=12)
points = st.builds(
    point,
    st.none() | numbers | words,
    st.none() | numbers | words,
    x_low=bounds,
    x_high=bounds,
    y_low=bounds,
    y_high=bounds,
    censored=st.sampled_from(["", "low", "high"]),
    label=words,
    value=bounds,
    text=words,
)
marks = st.builds(
    mark,
    st.sampled_from(["hline", "vline", "power_law", "linear"]),
    words,
    value=bounds,
    a=bounds,
    b=bounds,
    series=words,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(words, st.lists(points, max_size=6)), max_size=4),
    st.lists(marks, max_size=3),
    st.sampled_from(["", "x", "y", "xy"]),
)
def test_any_plot_can_be_drawn(kind: str, given_series: Any, given_marks: Any, log: str) -> None:
    all_series = [series(name, *given_points) for name, given_points in given_series]
    assert is_harmless(draw(plot(kind, *all_series, marks=given_marks, log=log)))


def test_an_unknown_kind_offers_the_nearest_and_lists_all() -> None:
    with pytest.raises(Mistake) as caught:
        draw(rising("scater"))
    assert "scater" in caught.value.problem.message
    assert "'scatter'" in caught.value.problem.hint
    assert all(kind in caught.value.problem.hint for kind in KINDS)


def test_an_unknown_kind_that_is_like_none_still_lists_all() -> None:
    with pytest.raises(Mistake) as caught:
        draw(rising("zzzzzz"))
    assert "bar, heatmap, line, scaling, scatter" in caught.value.problem.hint


def test_title_and_description_name_the_figure() -> None:
    figure = root(rising("line", title="Loss falls", alt="Loss over steps"))
    parts = {element.get("id"): element.text for element in figure.iter() if element.get("id")}
    assert [parts[name] for name in figure.attrib["aria-labelledby"].split()] == [
        "Loss falls",
        "Loss over steps",
    ]
    assert figure.get("role") == "img"


def test_a_plot_without_title_is_named_by_its_description() -> None:
    assert root(rising("line", alt="Loss over steps")).findtext(f"{SVG}title") == "Loss over steps"


def test_the_figure_scales_with_its_place() -> None:
    figure = root(rising("line"))
    assert figure.get("viewBox")
    assert not {"width", "height"} & figure.attrib.keys()


def test_two_figures_in_a_page_share_no_id() -> None:
    drawn = [draw(rising("line", marks=[mark("hline", "a", value=value)])) for value in (3.0, 4.0)]
    ids = [set(re.findall(r'id="([^"]+)"', text)) for text in drawn]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_equal_figures_can_be_told_apart_by_salt() -> None:
    ids = [set(re.findall(r'id="([^"]+)"', draw(rising("line"), salt=salt))) for salt in ("a", "b")]
    assert not ids[0] & ids[1]


def test_everything_referred_to_is_there_once() -> None:
    drawn = draw(hostile("line", "a"))
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    referred = set(re.findall(r'(?:href="|url\()#([\w-]+)', drawn))
    assert referred
    assert referred <= set(ids)
    assert len(ids) == len(set(ids))


def test_drawing_again_gives_the_same_bytes() -> None:
    first = draw(hostile("scatter", "a"))
    draw(rising("bar"))
    assert draw(hostile("scatter", "a")) == first


def test_other_processes_draw_the_same_bytes(tmp_path: Any) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "path.sketch: 2, 100, 2\nlines.linewidth: 9\nsvg.fonttype: path\nlines.markeredgewidth: 5\n"
        "markers.fillstyle: none\npatch.linewidth: 7\nfigure.dpi: 33\nsavefig.bbox: tight\n"
    )
    code = "from tests.plots.plotted import *; print(*(draw(rising(kind)) for kind in KINDS), end='')"
    found = set()
    for seed, folder in (("1", tmp_path), ("2", os.getcwd())):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.getcwd(), "TZ": f"UTC+{seed}"}
        run = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True)
        found.add(run.stdout.decode())
    assert found == {" ".join(draw(rising(kind)) for kind in KINDS)}


def test_the_settings_of_matplotlib_stay_as_they_were() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    draw(rising("line"))
    assert dict(matplotlib.rcParams) == before


def test_asking_for_the_kinds_does_not_import_matplotlib() -> None:
    code = (
        "import sys; from site_builder.plots.registry import kinds; kinds();"
        "sys.exit('matplotlib' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_small_figure_is_a_small_file() -> None:
    assert len(draw(rising("line", 10, title="A title"))) < 10_000


def test_colours_are_variables_with_fallbacks_and_nothing_else() -> None:
    drawn = draw(hostile("scatter", "a"))
    without = re.sub(r"var\(--plot-[\w]+, [^)]+\)", "", drawn)
    assert "var(--plot-1, #" in drawn
    assert not re.search(r'"#[0-9a-f]{3,6}"', without)


def test_cells_are_drawn_with_their_values() -> None:
    assert {"1", "2.5"} <= set(texts(cells([[1.0, 2.5]])))
