"""A whole site: every link leads somewhere, every page is sound, and no foreign text is active."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from justhtml import JustHTML

from site_builder.outputs.files import site_files
from tests.pages import fakes

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


@cache
def files() -> Mapping[str, bytes]:
    return site_files(fakes.site())


@cache
def document(url: str) -> JustHTML:
    return JustHTML(files()[url], sanitize=False, collect_errors=True)


@cache
def elements(url: str) -> tuple[tuple[str, dict[str, str | None]], ...]:
    return tuple((node.name, dict(node.attrs or {})) for node in document(url).query("*"))


@cache
def ids(url: str) -> frozenset[str]:
    return frozenset(str(attributes["id"]) for _, attributes in elements(url) if "id" in attributes)


PAGES = sorted(url for url in site_files(fakes.site()) if url.endswith(".html"))
every_page = pytest.mark.parametrize("url", PAGES)


@every_page
def test_a_page_is_valid(url: str) -> None:
    assert [str(error) for error in document(url).errors] == []


@every_page
def test_no_two_elements_share_an_id(url: str) -> None:
    found = Counter(attributes["id"] for _, attributes in elements(url) if "id" in attributes)
    assert [name for name, count in found.items() if count > 1] == []


@every_page
def test_every_link_leads_somewhere(url: str) -> None:
    for _, attributes in elements(url):
        for name in ("href", "src"):
            link = attributes.get(name)
            if link is None or re.match(r"https?://|mailto:", link):
                continue
            parts = urlsplit(link)
            assert not parts.scheme
            assert not link.startswith("/")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(url), unquote(parts.path)))
            target = path if parts.path else url
            assert target in files(), link
            if parts.fragment and target.endswith(".html"):
                assert parts.fragment in ids(target), link


@every_page
def test_labels_and_descriptions_are_there(url: str) -> None:
    for _, attributes in elements(url):
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set((attributes.get(name) or "").split()) <= ids(url)


@every_page
def test_nothing_in_a_page_is_active(url: str) -> None:
    for name, attributes in elements(url):
        assert name not in {"iframe", "object", "embed", "base", "form", "foreignObject", "style"}
        assert not any(attribute.startswith("on") or attribute == "style" for attribute in attributes)
        for attribute in ("href", "src", "xlink:href", "action"):
            link = (attributes.get(attribute) or "").strip().lower()
            assert not link.startswith(("javascript:", "data:", "vbscript:", "//"))


@every_page
def test_a_page_loads_only_our_own_files(url: str) -> None:
    scripts = [attributes for name, attributes in elements(url) if name == "script"]
    assert [str(script["src"]).rpartition("/")[2] for script in scripts] == ["tables.js"]
    for name, attributes in elements(url):
        if name in {"img", "link", "script"} and attributes.get("rel") != "canonical":
            assert not re.match(r"\w+:|//", str(attributes.get("src") or attributes.get("href")))


@every_page
def test_the_security_policy_comes_first(url: str) -> None:
    names = [name for name, _ in elements(url)]
    first = elements(url)[names.index("head") + 1]
    assert first == ("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})


@every_page
def test_headings_skip_no_level(url: str) -> None:
    levels = [int(name[1]) for name, _ in elements(url) if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_page
def test_tables_have_captions_and_heads_with_a_scope(url: str) -> None:
    names = [name for name, _ in elements(url)]
    written = sum(
        "written" in str(attributes.get("class")) for name, attributes in elements(url) if name == "table"
    )
    assert names.count("caption") == names.count("table") - written
    assert all("scope" in attributes for name, attributes in elements(url) if name == "th")


@every_page
def test_what_is_invisible_is_shown(url: str) -> None:
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]", files()[url].decode())


def test_the_hostile_text_is_there_as_text() -> None:
    text = document("claims/hostile/everything.html").to_text()
    assert "<script>alert(1)</script>" in text
    assert "{{ 7*7 }}" in text


def test_a_link_on_a_claim_leads_to_the_very_cell() -> None:
    page = files()["claims/amd-hackathon/model-switching.html"].decode()
    assert 'href="#runs-r1-c4"' in page
    assert "runs-r1-c4" in ids("claims/amd-hackathon/model-switching.html")


def test_no_page_but_lists_grows_with_the_number_of_claims() -> None:
    few = site_files(fakes.site(fakes.switching()))
    many = site_files(fakes.site(fakes.switching(), *(fakes.decision(f"x/{place}") for place in range(50))))
    lists = {
        "index.html",
        "claims.json",
        "tags/model-selection.html",
        "verdicts/validated.html",
        "evidence.html",
    }
    shared = (few.keys() & many.keys()) - lists - {"evidence/amd-approaches-csv.html"}
    assert [url for url in sorted(shared) if few[url] != many[url]] == []


def test_the_same_site_gives_the_same_bytes() -> None:
    site = fakes.site()
    turned = fakes.site(decisions=site.decisions[::-1], sheets=site.sheets[::-1])
    assert site_files(site) == site_files(turned)


def test_the_twin_and_its_schema_are_published() -> None:
    assert len(json.loads(files()["claims.json"])["claims"]) == 7
    assert json.loads(files()["claims.schema.json"])["title"]


def test_every_published_name_is_plain() -> None:
    assert [name for name in files() if not re.fullmatch(r"[a-z0-9_-]+(?:[./][a-z0-9_-]+)*", name)] == []
