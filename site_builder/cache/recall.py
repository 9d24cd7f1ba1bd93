"""What was found out of a claim, recalled as long as nothing that it was found out from has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from site_builder.cache.store import Store
from site_builder.cache.tree import Tree
from site_builder.verdicts.digests import Digests, digest_of

Answer = dict[str, Any]
"""What judging a claim gave. `needs` says what it rests on: the SHA-256 by path of every file that was looked for,
empty for one that is not there; `lists`, whether it rests on the names of files too. An answer without is not kept."""


class Recall:
    """Answers of earlier runs of the same setup: the tool, and the options that change what is found.

    Answers are kept under the first of the `setups`; those of any of them will do. `digests` is told of every decision
    and sheet.
    """

    def __init__(self, store: Store, tree: Tree, setups: Sequence[str], digests: Digests) -> None:
        self._store, self._tree, self._setups, self._digests = store, tree, tuple(setups), digests
        self._sheets: dict[str, Any] = {}

    def answer(self, claim_id: str, path: str, sha256: str) -> Answer | None:
        """What an earlier run found, its sheets with it; None where it found nothing, or something has changed."""
        found = (self._current(setup, claim_id, path, sha256) for setup in self._setups)
        return next((answer for answer in found if answer is not None), None)

    def _current(self, setup: str, claim_id: str, path: str, sha256: str) -> Answer | None:
        kept = self._store.get(_key(setup, claim_id, path, sha256))
        if not isinstance(kept, dict) or not self._is_current(kept.get("needs"), kept.get("names")):
            return None
        sheets = [self._sheet(sha) for sha in kept["sheets"]]
        if any(sheet is None for sheet in sheets):
            return None
        self._digests.tell(kept["answer"]["decision"], kept["digest"])
        return {**kept["answer"], "sheets": sheets}

    def _sheet(self, digest: str) -> Any | None:
        """A sheet that answers name, read once; None where it is gone."""
        if digest not in self._sheets:
            sheet = self._store.get(f"sheet {digest}")
            if sheet is None:
                return None
            self._digests.tell(sheet, digest)
            self._sheets[digest] = sheet
        return self._sheets[digest]

    def keep(self, claim_id: str, path: str, sha256: str, answer: Answer, sheets: Mapping[str, Any]) -> None:
        """Remember an answer; `sheets` has, by key, every sheet that answers of this run brought."""
        if "needs" not in answer:
            return
        brief = {name: part for name, part in answer.items() if name in ("decision", "used", "further")}
        digest = self._digests.of(brief["decision"])
        wanted = dict.fromkeys(each["key"] for each in brief["decision"]["evidence"])
        kept = {
            "needs": answer["needs"]["files"],
            "names": self._tree.names if answer["needs"]["lists"] else "",
            "answer": brief,
            "digest": digest,
            "sheets": [self._kept_sheet(sheets[key]) for key in wanted if key in sheets],
        }
        self._store.put(_key(self._setups[0], claim_id, path, sha256), kept)

    def _kept_sheet(self, sheet: Any) -> str:
        digest = self._digests.of(sheet)
        if self._sheet(digest) is None:
            self._store.put(f"sheet {digest}", sheet)
            self._sheets[digest] = sheet
        return digest

    def _is_current(self, needs: Any, names: Any) -> bool:
        if not isinstance(needs, dict) or (names and names != self._tree.names):
            return False
        return all(self._tree.files.get(path, "") == sha for path, sha in needs.items())


def _key(*parts: str) -> str:
    return "claim " + digest_of(list(parts))
