"""Only links that cannot run anything, and lead nowhere in disguise, are made."""

from __future__ import annotations

import pytest

from site_builder.pages.links import is_allowed


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c:d#e",
        "HTTP://example.org",
        "mailto:a@example.org",
        "#anchor",
        "a.html",
        "../a/b.html#c:d",
        "?q=a:b",
        "/absolute",
    ],
)
def test_a_harmless_link_is_followed(url: str) -> None:
    assert is_allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "//example.org",
        "/\\example.org",
        "\\\\example.org",
        "https:///example.org",
        "https:/\\example.org",
        "https:",
        "mailto://example.org",
        "https://example.org/\u202etxt",
        "a\u00a0b",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_any_other_link_is_refused(url: str) -> None:
    assert not is_allowed(url)
