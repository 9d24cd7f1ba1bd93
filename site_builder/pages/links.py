"""Links that foreign text may carry: a short allow-list, everything else stays text."""

from __future__ import annotations

import re

LONGEST_LINK = 2_000
SCHEMES = re.compile(r"(?:https?://[^/\\]|mailto:[^/\\])", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def is_allowed(url: str) -> bool:
    """Whether a link may be made of it: http, https, mailto, a relative path, or an anchor.

    >>> is_allowed("https://example.org/a"), is_allowed("#a"), is_allowed("../a.html?b=c:d")
    (True, True, True)
    >>> is_allowed("javascript:alert(1)"), is_allowed("//example.org"), is_allowed("data:text/html,x")
    (False, False, False)
    """
    if not url or len(url) > LONGEST_LINK or UNSEEN.search(url):
        return False
    return SCHEMES.match(url) is not None or _is_relative(url)


def _is_relative(url: str) -> bool:
    # A colon before the first slash, question mark or hash makes a scheme; `//` and `/\` name another host.
    head = re.split(r"[/?#]", url, maxsplit=1)[0]
    return ":" not in head and not url.startswith("//") and "\\" not in url and "%5c" not in url.lower()
