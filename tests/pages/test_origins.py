"""Origins are linked where a link may be followed, and named in any case."""

from __future__ import annotations

import pytest

from site_builder.pages.origins import Attribution, Fingerprint, attribution, attributions, fingerprints


@pytest.mark.parametrize(
    ("title", "url", "shown"),
    [
        ("The source", "https://example.org", Attribution("The source", "https://example.org")),
        ("", "https://example.org", Attribution("https://example.org", "https://example.org")),
        ("The source", "", Attribution("The source", "")),
        ("The source", "javascript:alert(1)", Attribution("The source (javascript:alert(1))", "")),
        ("", "javascript:alert(1)", Attribution("javascript:alert(1)", "")),
    ],
)
def test_a_link_that_may_not_be_followed_is_text(title: str, url: str, shown: Attribution) -> None:
    assert attribution(title, url) == shown


def test_empty_origins_are_left_out() -> None:
    assert attributions([["", ""], ["A", ""], ["B"]]) == (Attribution("A", ""), Attribution("B", ""))


def test_files_keep_their_fingerprints() -> None:
    assert fingerprints([["a.csv", "00ff", 3]]) == (Fingerprint("a.csv", "00ff", 3),)
