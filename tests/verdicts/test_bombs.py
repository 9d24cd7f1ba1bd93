"""Files that are made to burst whoever reads them, beside claims that must keep their verdicts."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.conftest import MakeProject

GOOD = "title: Good\nstatement: The most is 3.\nevidence: {t: t.csv}\nassertion: max(t.x) == 3\n"
HEAD = "title: T\nstatement: S\n"


def _about(file: str, assertion: str = "count(b) > 0", options: str = "") -> str:
    return f"{HEAD}evidence:\n  b: {{file: {file}{options}}}\nassertion: {assertion}\n"


def _ten_gigabytes() -> bytes:
    """About 10 MB of gzip that unpack to 10 GB: one block of zeros, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return gzip.compress(b"")[:10] + block * 10_000


CLAIMS: dict[str, tuple[str, str]] = {
    "deep": (GOOD + "notes: " + "[" * 1000 + "]" * 1000, "E-YAML"),
    "brackets": ("[" * 262_000, "E-YAML"),
    "dashes": ("- " * 131_000, "E-YAML"),
    "keys": (GOOD + "".join(f"k{i}: 1\n" for i in range(20_000)), "E-KEY"),
    "aliases": ("a: &a [x]\n" + "".join(f"k{i}: [*a, *a]\n" for i in range(5_000)), "E-YAML"),
    "larger": (GOOD + "notes: " + "x" * 300_000, "E-SIZE"),
    "open": (GOOD + 'notes: "' + "x\n" * 100_000, "E-YAML"),
    "digits": (HEAD + "numbers:\n  n: {stated: '" + "9" * 200_000 + "', computed: 1}\n", "E-STATED"),
}
EVIDENCE: dict[str, tuple[str, bytes, str]] = {
    "commas": (_about("commas.csv"), b"a\n" + b"," * 10_000_000 + b"\n", "E-CSV"),
    "cell": (_about("cell.csv"), b"a\n" + b"x" * 50_000_000 + b"\n", "E-CSV"),
    "quoted": (_about("quoted.csv"), b'a\n"' + b"x\n" * 25_000_000 + b'"\n', "E-CSV"),
    "unclosed": (_about("unclosed.csv"), b'a,b\n"' + b"1,2\n" * 5_000_000, "E-CSV"),
    "same": (_about("same.csv"), b",".join([b"c"] * 300_000) + b"\n", "E-HEADER"),
    "huge": (_about("huge.csv", "max(b.a) > 0"), b"a\n" + b"1e400\n" * 1000, "E-KIND"),
    "packed": (_about("packed.csv.gz"), _ten_gigabytes(), "E-SIZE"),
    "members": (_about("members.csv.gz"), gzip.compress(bytes(15 << 20)) * 20, "E-SIZE"),
    "nested": (_about("nested.json"), b"[" * 100_000 + b"]" * 100_000, "E-JSON"),
    "objects": (_about("objects.json"), b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "E-JSON"),
    "twice": (_about("twice.json"), b'{"k":1' + b',"k":1' * 500_000 + b"}", "E-JSON"),
    "long": (_about("long.json", "max(b.a) > 0"), b'[{"a": ' + b"9" * 1_000_000 + b"}]", "E-CELL"),
    "sparse": (
        _about("sparse.json"),
        json.dumps([{f"k{i}": 1} for i in range(50_000)]).encode(),
        "E-SIZE",
    ),
    "sequences": (_about("sequences.yaml"), b"- " * 1_000_000, "E-YAML"),
    "lines": (_about("lines.jsonl"), b"[" * 100_000 + b"]" * 100_000 + b"\n", "E-JSON"),
    "repeats": (
        _about("repeats.log", options=", pattern: '(?P<x>((a{1,100}){1,100}){1,100})'"),
        b"a\n",
        "E-PATTERN",
    ),
    "spans": (_about("spans.html"), b"<table>" + b"<tr><td rowspan=9999 colspan=9999>1" * 100, "E-TABLE"),
}


def _checked(root: Path) -> dict[str, tuple[str, list[str]]]:
    """The verdict and the codes of every claim."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "site_builder",
        "check",
        "--format",
        "json",
        "--project",
        str(root),
    ]
    done = subprocess.run(command, capture_output=True, check=False, timeout=600)
    assert done.returncode == 2, done.stderr.decode()[-2000:]
    claims = json.loads(done.stdout)["claims"]
    return {c["id"]: (c["verdict"], sorted({p["code"] for p in c["problems"]})) for c in claims}


@pytest.mark.heavy
def test_bombs_cost_their_own_claim_only(make_project: MakeProject) -> None:
    files: dict[str, str | bytes] = {"evidence/t.csv": "x\n1\n2\n3\n"}
    files |= {f"claims/{name}.yaml": text.encode() for name, (text, _) in CLAIMS.items()}
    files |= {f"claims/{name}.yaml": text.encode() for name, (text, _, _) in EVIDENCE.items()}
    for text, data, _ in EVIDENCE.values():
        files["evidence/" + text.partition("file: ")[2].partition("}")[0].partition(",")[0]] = data
    good = [f"{name}-good" for name in ("a", *CLAIMS, *EVIDENCE, "z")]
    files |= {f"claims/{name}.yaml": GOOD for name in good}
    found = _checked(make_project(files).root)
    assert [name for name in good if found[name] != ("validated", [])] == []
    expected = {name: code for name, (_, code) in CLAIMS.items()}
    expected |= {name: code for name, (_, _, code) in EVIDENCE.items()}
    codes = {name: found[name][1] for name in expected}
    assert {name: found[name][0] for name in expected} == dict.fromkeys(expected, "broken")
    assert {name: code for name, code in expected.items() if code not in codes[name]} == {}, codes
