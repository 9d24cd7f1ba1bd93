"""Code of an attacker's choice, run where claims are judged: it reaches nothing but the project's files."""

from __future__ import annotations

import json
import os
import platform
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.verdicts.seat import _CHILD, _PACKAGE_FOLDER, ENVIRONMENT

ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="the system has no such walls",
)
_REFUSED = re.compile(r"PermissionError|OSError: \[Errno 38\]")
_PROBING = """
import ctypes, importlib, os, socket, subprocess, sys, threading
import site_builder.verdicts.juror as juror
import site_builder.verdicts.containment as containment
domains = []
enter_domain = containment.kernel.enter_domain
containment.kernel.enter_domain = lambda: domains.append(enter_domain())
def read_claim(path, claim_id, data):
    names = {**globals(), "found": None}
    exec(data, names)
    raise ValueError(repr(names["found"]))
juror.read_claim = read_claim
"""
"""Makes a process that judges run a claim's text as code, as if a flaw let it."""
_WITHOUT_HOOK = "import sys; sys.addaudithook = lambda hook: None"

Probe = Callable[[str], str]


class _Probed:
    """A process that judges, asked to run code: what the code leaves as `found`, or the error that ended it."""

    def __init__(self, root: Path, before: str) -> None:
        child = _CHILD.replace("from site_builder", f"exec({before + _PROBING!r}); from site_builder")
        command = [sys.executable, "-I", "-c", child, _PACKAGE_FOLDER]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.root = root
        theirs, self.lifeline = os.pipe()
        self.process = subprocess.Popen(command, env=ENVIRONMENT, pass_fds=[theirs], **pipes)  # type: ignore[call-overload]
        os.close(theirs)
        opening = {"root": str(root), "sheets": False, "lists_all": False, "lifeline": theirs}
        assert self.answer(json.dumps(opening).encode() + b"\n")["ready"]

    def answer(self, request: bytes) -> dict[str, Any]:
        self.process.stdin.write(request)
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def __call__(self, code: str) -> str:
        request = {
            "id": "a",
            "path": "claims/a.yaml",
            "sha256": "",
            "size": len(code),
            "probe": False,
            "seconds": 60,
        }
        answer = self.answer(json.dumps(request).encode() + b"\n" + code.encode())
        if "bug" not in answer:
            return str(answer["decision"]["problems"][0]["code"])
        return str(answer["bug"].strip().splitlines()[-1]).removeprefix("ValueError: ")


def _probe(tmp_path_factory: pytest.TempPathFactory, before: str) -> Iterator[_Probed]:
    root = tmp_path_factory.mktemp("project")
    (root / "evidence.csv").write_text("x\n3\n")
    probed = _Probed(root, before)
    yield probed
    probed.process.kill()
    probed.process.communicate()
    os.close(probed.lifeline)


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Probed]:
    """Runs code behind every wall."""
    yield from _probe(tmp_path_factory, "")


@pytest.fixture(scope="module")
def system_probe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Probed]:
    """Runs code behind the walls of the system alone."""
    yield from _probe(tmp_path_factory, _WITHOUT_HOOK)


@pytest.fixture(params=["every wall", pytest.param("the system", marks=ON_LINUX)])
def either(request: pytest.FixtureRequest) -> Probe:
    name = "probe" if request.param == "every wall" else "system_probe"
    found: Probe = request.getfixturevalue(name)
    return found


def test_the_projects_files_are_read(probe: _Probed) -> None:
    assert probe(f"found = open({str(probe.root / 'evidence.csv')!r}).read(1)") == "'x'"


@pytest.mark.parametrize("kind", ["SOCK_STREAM", "SOCK_DGRAM"])
def test_no_connection_is_made(either: Probe, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert _REFUSED.match(
            either(f"found = socket.socket(type=socket.{kind}).connect(('127.0.0.1', {port}))")
        )


@pytest.mark.parametrize(
    "code",
    [
        "open({there!r}, 'w').write('x')",
        "open({there!r}, 'a')",
        "open({there!r}, 'r+')",
        "os.open({new!r}, os.O_RDONLY | os.O_CREAT)",
        "os.remove({there!r})",
        "os.rename({there!r}, {new!r})",
        "os.mkdir({new!r})",
        "os.symlink('/', {new!r})",
        "os.chmod({there!r}, 0o777)",
        "os.truncate({there!r}, 0)",
        "os.utime({there!r})",
    ],
)
def test_nothing_is_written(either: Probe, tmp_path: Path, code: str) -> None:
    there = tmp_path / "there.txt"
    there.write_text("before")
    mode = there.stat().st_mode
    assert _REFUSED.match(either(code.format(there=str(there), new=str(tmp_path / "new"))))
    assert (there.read_text(), there.stat().st_mode) == ("before", mode)
    assert [path.name for path in tmp_path.iterdir()] == ["there.txt"]


@pytest.mark.parametrize(
    "code",
    [
        "os.fork()",
        "subprocess.run([sys.executable, '-c', '1'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
    ],
)
def test_no_process_is_started_or_touched(either: Probe, code: str) -> None:
    assert _REFUSED.match(either(code))


@ON_LINUX
def test_native_code_starts_no_process(system_probe: Probe) -> None:
    assert system_probe("found = ctypes.CDLL(None).fork()") == "-1"


@pytest.mark.parametrize(
    "code",
    [
        "ctypes.CDLL('libm.so.6')",
        "ctypes.string_at(id(1))",
        "os.putenv('PATH', '/tmp')",
        "os.system('true')",
        "open('/etc/passwd').read()",
        "open('../outside').read()",
        "open('/proc/self/environ').read()",
        "open(sys.path[0] + '-besides')",
    ],
)
def test_the_interpreter_refuses_what_is_not_needed(probe: Probe, code: str) -> None:
    assert probe(code).startswith("PermissionError: ")


def test_the_environment_holds_nothing(probe: Probe) -> None:
    found = probe("found = ' '.join(sorted(os.environ))").strip("'").split()
    assert set(found) <= {*ENVIRONMENT, "LC_CTYPE"}


@ON_LINUX
def test_the_environment_of_other_processes_cannot_be_read(system_probe: Probe) -> None:
    if system_probe("found = domains") != "[True]":
        pytest.skip("Landlock is not switched on")
    code = "found = open(f'/proc/{os.getppid()}/environ').read()"
    assert system_probe(code).startswith("PermissionError: ")


@pytest.mark.parametrize("name", ["scipy.stats", "docutils.parsers.rst", "jsonpath", "yaml", "re2", "zlib"])
def test_libraries_are_still_imported_late(probe: Probe, name: str) -> None:
    assert probe(f"found = importlib.import_module({name!r}).__name__") == repr(name)


def test_threads_still_work(either: Probe) -> None:
    code = "found = []\none = threading.Thread(target=found.append, args=(1,))\none.start()\none.join()"
    assert either(code) == "[1]"


def test_what_is_too_big_is_refused(either: Probe) -> None:
    assert either("found = len(bytearray(1 << 31))") == "E-MEMORY"
