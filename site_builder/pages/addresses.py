"""Addresses: where each page stands in the site, and how one page links to another."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.verdicts.decision import ValueJson

SAFE_ID = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*")
# File systems allow 255 bytes a name; the rest is room for a suffix and an ending.
LONGEST_SLUG = 120
RECEIPTS = ("number-", "let-", "assertion-", "correction-")


@dataclass(frozen=True, slots=True)
class Address:
    """A place in the site, such as ``claims/amd/switch.html``, from which relative links are made.

    `absolute` begins the links of a page that may be served for any path (the one for a missing page).
    """

    path: str
    absolute: str = ""

    def to(self, target: str) -> str:
        """The link from here to a place in the site, which is a file or an anchor in one."""
        if self.absolute:
            return self.absolute + target
        if target.startswith("#"):
            return target
        file, mark, anchor = target.partition("#")
        if file == self.path:
            return f"#{anchor}" if mark else file.rpartition("/")[2]
        here, there = self.path.split("/")[:-1], file.split("/")
        shared = 0
        while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
            shared += 1
        return "../" * (len(here) - shared) + "/".join(there[shared:]) + mark + anchor


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; a text that has none of them gives its fingerprint."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_SLUG].strip("-")
    return plain or fingerprint(text)


def fingerprint(text: str) -> str:
    """Eight hexadecimal digits that stand for a text in a file name or an anchor."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def anchor(name: str) -> str:
    """What may stand in an `id` for a name: the name itself where it is an identifier, else its slug."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f"{slug(name)}-{fingerprint(name)}"


def value_anchor(name: str, value: ValueJson) -> str:
    """The id of the receipt that a value in prose links to: an expression's own where it has no other."""
    return value["anchor"] if value["anchor"].startswith(RECEIPTS) else f"value-{anchor(name)}"


def claim_page(claim_id: str) -> str:
    """The path of a claim's page."""
    return f"claims/{_path_of(claim_id)}.html"


def report_page(report_id: str) -> str:
    """The path of a report's page; ``index`` is the front page, and a folder named reports is not said twice."""
    return (
        "index.html"
        if report_id == "index"
        else f"reports/{_path_of(report_id.removeprefix('reports/'))}.html"
    )


def page_of_source(path: str) -> str:
    """The page that shows a claim or a report, by the path of its file in the project; empty for other files."""
    stem, dot, ending = path.rpartition(".")
    page = PAGES_OF_ENDINGS.get(dot + ending)
    return page(stem.removeprefix("claims/")) if page and stem.startswith("claims/") else ""


def _path_of(identifier: str) -> str:
    """An id as a path; one outside the grammar of ids (its file is reported elsewhere) becomes a slug."""
    if SAFE_ID.fullmatch(identifier) and len(identifier) <= LONGEST_SLUG:
        return identifier
    return f"{slug(identifier)}-{fingerprint(identifier)}"


def slugs(texts: Iterable[str]) -> dict[str, str]:
    """Text → slug, all different: those that would share one get a fingerprint each, whatever the order."""
    distinct = tuple(dict.fromkeys(texts))
    shared = Counter(slug(text) for text in distinct)
    return {text: _apart(text, shared[slug(text)] > 1) for text in distinct}


def _apart(text: str, shares: bool) -> str:
    return f"{slug(text)}-{fingerprint(text)}" if shares else slug(text)


PAGES_OF_ENDINGS = {".md": report_page, ".yaml": claim_page, ".yml": claim_page}
