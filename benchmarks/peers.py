"""The tools that ours stands beside, each with the same pages as a project of its own, and how they are installed.

Hugo, MkDocs and Pelican come from `requirements/bench.txt` into a virtual environment of their own, Eleventy from
`benchmarks/eleventy/package-lock.json`; both into the ignored folder `.venv-bench`. Settings are those under which a
tool is quick and still makes what ours does: a page for each claim, and lists by folder and by tag. So there are no
feeds, no search index and no site map, and caches are on where a tool has one that it trusts.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages import Page, groups, put

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv-bench"
PYTHON_LOCK = ROOT / "requirements/bench.txt"
NODE_LOCK = ROOT / "benchmarks/eleventy"

Files = Iterable[tuple[str, str]]
"""Paths below a project and what the files say."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: the command that builds, the files of its project, and where a page comes from and goes to.

    `made` are the folders that a build leaves, caches with them. `settles` is how long the tool has to be left alone
    until it believes that nothing has changed.
    """

    name: str
    command: tuple[str, ...]
    setting: Callable[[Sequence[Page]], Files]
    sources: Callable[[Page], Files]
    shown: Callable[[Page], str]
    made: tuple[str, ...]
    settles: float = 0.0

    def write(self, root: Path, pages: Sequence[Page]) -> None:
        """The whole project."""
        for path, text in self.setting(pages):
            put(root / path, text)
        for page in pages:
            self.edit(root, page)

    def edit(self, root: Path, page: Page) -> None:
        """One page, anew where it is not as it was."""
        for path, text in self.sources(page):
            if not (root / path).exists() or (root / path).read_text(encoding="utf-8") != text:
                put(root / path, text)

    def clear(self, root: Path) -> None:
        """Remove whatever earlier builds left."""
        for folder in self.made:
            shutil.rmtree(root / folder, ignore_errors=True)


OURS = Tool(
    "claims",
    (sys.executable, "-m", "site_builder", "build"),
    lambda pages: (),
    lambda page: (
        (f"evidence/{page.group}/r{page.number}.csv", page.csv),
        (f"claims/{page.group}/{page.name}.yaml", page.claim),
    ),
    lambda page: f"site/claims/{page.group}/{page.name}.html",
    ("site", ".cache"),
    settles=2.1,
)

_HUGO = {
    "hugo.toml": """\
baseURL = "https://example.org/"
title = "Claims"
disableKinds = ["rss", "sitemap", "robotstxt", "404"]
[taxonomies]
tag = "tags"
""",
    "layouts/_default/baseof.html": """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav><a href="/">Claims</a> <a href="/tags/">Tags</a></nav>
<main><h1>{{ .Title }}</h1>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/_default/single.html": """\
{{ define "main" }}{{ .Content }}
<p>{{ range .Params.tags }}<a href="/tags/{{ . }}/">{{ . }}</a> {{ end }}</p>{{ end }}
""",
    "layouts/_default/list.html": """\
{{ define "main" }}<ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
""",
}
_ELEVENTY = {
    "package.json": '{"private": true, "type": "module"}\n',
    "eleventy.config.js": """\
export default function (config) {
  config.addCollection("groups", (collections) => {
    const groups = {};
    for (const item of collections.getAll().filter((item) => item.data.group)) {
      (groups[item.data.group] ??= []).push(item);
    }
    return Object.entries(groups).map(([name, items]) => ({ name, items }));
  });
  return { dir: { input: "content", includes: "../layouts" }, markdownTemplateEngine: false };
}
""",
    "layouts/base.njk": """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><nav><a href="/">Claims</a></nav>
<main><h1>{{ title }}</h1>{{ content | safe }}
<p>{% for tag in tags %}<a href="/tags/{{ tag }}/">{{ tag }}</a> {% endfor %}</p></main></body></html>
""",
    "content/index.njk": """\
---
title: Claims
layout: base.njk
---
<ul>{% for group in collections.groups %}<li><a href="/{{ group.name }}/">{{ group.name }}</a></li>
{% endfor %}</ul>
""",
    "content/groups.njk": """\
---
title: Group
layout: base.njk
pagination: {data: collections.groups, size: 1, alias: group}
permalink: "/{{ group.name }}/"
---
<ul>{% for item in group.items %}<li><a href="{{ item.url }}">{{ item.data.title }}</a></li>
{% endfor %}</ul>
""",
    "content/tags.njk": """\
---
title: Tag
layout: base.njk
pagination: {data: collections, size: 1, alias: tag, filter: [all, groups]}
permalink: "/tags/{{ tag }}/"
---
<ul>{% for item in collections[tag] %}<li><a href="{{ item.url }}">{{ item.data.title }}</a></li>
{% endfor %}</ul>
""",
}
_PELICAN = """\
SITENAME = "Claims"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "simple"
TIMEZONE = "UTC"
SLUGIFY_SOURCE = "basename"
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}.html"
DIRECT_TEMPLATES = ["index", "tags", "categories"]
DEFAULT_PAGINATION = 500
DISPLAY_CATEGORIES_ON_MENU = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
"""
_MKDOCS = {
    "mkdocs.yml": """\
site_name: Claims
plugins: []
use_directory_urls: false
theme: {name: null, custom_dir: theme}
""",
    "theme/main.html": """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title></head>
<body><nav><a href="{{ 'index.html' | url }}">Claims</a></nav><main>{{ page.content }}</main></body></html>
""",
}


def _front_matter(page: Page) -> str:
    return f'---\ntitle: "{page.title}"\ntags: [{page.tag}]\n'


def _hugo_setting(pages: Sequence[Page]) -> Files:
    return [*_HUGO.items(), *((f"content/{g}/_index.md", f"---\ntitle: {g}\n---\n") for g in groups(pages))]


def _mkdocs_setting(pages: Sequence[Page]) -> Files:
    """MkDocs makes no lists, so they are pages; a theme that lists all pages on each would take it minutes."""
    names = groups(pages)
    yield from _MKDOCS.items()
    yield "docs/index.md", "# Claims\n\n" + "".join(f"- [{name}]({name}/index.md)\n" for name in names)
    for name in names:
        listed = [f"- [{page.title}]({page.name}.md)\n" for page in pages if page.group == name]
        yield f"docs/{name}/index.md", f"# {name}\n\n" + "".join(listed)


def _pelican_source(page: Page) -> Files:
    head = f"Title: {page.title}\nDate: 2024-01-01\nTags: {page.tag}\n\n"
    return [(f"content/{page.group}/{page.name}.md", head + page.markdown)]


def peers() -> list[Tool]:
    """The tools, as they are called once they are installed."""
    binaries = HOME / ("Scripts" if sys.platform == "win32" else "bin")
    return [
        Tool(
            "Hugo",
            (_hugo(), "--quiet"),
            _hugo_setting,
            lambda p: [(f"content/{p.group}/{p.name}.md", f"{_front_matter(p)}---\n{p.markdown}")],
            lambda p: f"public/{p.group}/{p.name}/index.html",
            ("public", "resources"),
        ),
        Tool(
            "Eleventy",
            ("node", str(HOME / "eleventy/node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"),
            lambda pages: _ELEVENTY.items(),
            lambda p: [
                (
                    f"content/{p.group}/{p.name}.md",
                    f"{_front_matter(p)}group: {p.group}\nlayout: base.njk\n---\n{p.markdown}",
                )
            ],
            lambda p: f"_site/{p.group}/{p.name}/index.html",
            ("_site",),
        ),
        Tool(
            "Pelican",
            (str(binaries / "pelican"), "--quiet", "--settings", "pelicanconf.py"),
            lambda pages: [("pelicanconf.py", _PELICAN)],
            _pelican_source,
            lambda p: f"output/{p.group}/{p.name}.html",
            ("output", "cache", "__pycache__"),
        ),
        Tool(
            "MkDocs",
            (str(binaries / "mkdocs"), "build", "--quiet"),
            _mkdocs_setting,
            lambda p: [(f"docs/{p.group}/{p.name}.md", f"# {p.title}\n\n{p.markdown}")],
            lambda p: f"site/{p.group}/{p.name}.html",
            ("site",),
        ),
    ]


def _hugo() -> str:
    """Hugo's own binary, which the package brings; its Python wrapper would add a start of Python."""
    found = sorted(HOME.glob("**/site-packages/hugo/binaries/hugo*"))
    return str(found[0]) if found else "hugo"


def install() -> dict[str, str]:
    """Install what is missing; why each tool that could not be had is absent, by its name."""
    absent: dict[str, str] = {}
    for names, lock, steps in (
        (("Hugo", "Pelican", "MkDocs"), PYTHON_LOCK, _python_steps),
        (("Eleventy",), NODE_LOCK / "package-lock.json", _node_steps),
    ):
        if reason := _installed(lock, steps):
            absent |= dict.fromkeys(names, reason)
    return absent


def _installed(lock: Path, steps: Callable[[], Iterable[Sequence[str]]]) -> str:
    """Empty if what the lock names is there, or could be installed; otherwise why not."""
    stamp = HOME / f".{lock.name}.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return ""
    print(f"installing what {lock.relative_to(ROOT)} names", file=sys.stderr)
    for step in steps():
        try:
            done = subprocess.run(step, capture_output=True, text=True)
        except OSError as error:
            return f"{step[0]}: {error.strerror}"
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            return f"{Path(step[0]).name} failed: {said[-1] if said else f'exit code {done.returncode}'}"
    put(stamp, digest)
    return ""


def _python_steps() -> Iterable[Sequence[str]]:
    python = str(HOME / ("Scripts/python" if sys.platform == "win32" else "bin/python"))
    quiet = ("--quiet", "--compile", "--progress-bar", "off", "--disable-pip-version-check")
    pinned = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement", str(PYTHON_LOCK))
    yield sys.executable, "-m", "venv", str(HOME)
    yield python, "-m", "pip", "install", *quiet, *pinned


def _node_steps() -> Iterable[Sequence[str]]:
    folder = HOME / "eleventy"
    for path in NODE_LOCK.glob("*.json"):
        put(folder / path.name, path.read_text(encoding="utf-8"))
    yield (
        "npm",
        "ci",
        "--prefix",
        str(folder),
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--loglevel=error",
    )
