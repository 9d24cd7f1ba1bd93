"""A claim file becomes a `Claim` or a `BrokenClaim`, a report file a `Report`, with all of their problems."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

from site_builder.claims.assembly import assemble
from site_builder.claims.bindings import find_bindings
from site_builder.claims.claim import BrokenClaim, Claim, Report, Text
from site_builder.claims.file_text import FileText, decode
from site_builder.claims.findings import Findings
from site_builder.claims.prose import first_heading
from site_builder.claims.schema import PLOT_KINDS, check_claim, title_of
from site_builder.claims.yaml_tree import Entries, Node, compose
from site_builder.problems import Mistake, Problem

LARGEST_CLAIM_KB = 256
LARGEST_REPORT_KB = 1024
_TITLE = re.compile(r"^title:[ \t]++(?P<title>.++)", re.MULTILINE)


def read_claim(
    path: str, claim_id: str, data: bytes, plot_kinds: Collection[str] = PLOT_KINDS
) -> tuple[Claim | BrokenClaim, tuple[Problem, ...]]:
    """The claim in the bytes of one YAML file, or a `BrokenClaim` and everything that is wrong with it.

    `path` is relative to the project (``claims/a.yaml``); it stands in every place.
    """
    try:
        source = decode(path, data, LARGEST_CLAIM_KB)
    except Mistake as mistake:
        return BrokenClaim(claim_id, path), (mistake.problem,)
    findings = Findings()
    node = compose(source, findings)
    values = check_claim(node, path, findings, plot_kinds) if node is not None else {}
    _check_bindings(node, findings)
    if findings:
        return BrokenClaim(claim_id, path, title_of(node) or _typed_title(source)), findings.sorted()
    return assemble(values, path, claim_id, hashlib.sha256(data).hexdigest()), ()


def read_report(path: str, report_id: str, data: bytes) -> tuple[Report | None, tuple[Problem, ...]]:
    """The report in the bytes of one Markdown file; its title is the first level-1 heading, or its id."""
    try:
        source = decode(path, data, LARGEST_REPORT_KB)
    except Mistake as mistake:
        return None, (mistake.problem,)
    body = "\n".join(source.lines)
    title = first_heading(body) or report_id
    return Report(report_id, path, hashlib.sha256(data).hexdigest(), title, body), ()


def _check_bindings(node: Node | None, findings: Findings) -> None:
    """Report what is wrong in the braces of the texts that readers will see."""
    if not isinstance(node, Entries):
        return
    correction = node.get("correction")
    texts = [node.get("statement"), node.get("notes")]
    if isinstance(correction, Entries):
        texts += [correction.get("statement"), correction.get("reason")]
    for text in texts:
        if isinstance(text, Text):
            for problem in find_bindings(text)[1]:
                findings.keep(problem)


def _typed_title(source: FileText) -> str:
    """The title as it stands in a file that is not YAML."""
    found = _TITLE.search(source.text)
    title = found["title"].strip() if found else ""
    return "" if title.startswith(("|", ">", "{", "[")) else title.strip("'\"")
