"""What the service hands out for the page: no browser is needed to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api import Settings, create_app
from api.context import STORE
from api.page import STATIC
from pts_optimiser.store import upgrade

CHOSEN_HERE = {
    "days[n]",  # a place in a list
    "lines[lines.length - 1]",
    "message[field]",  # "id" or "event"
    'moved[end === "first" ? "last" : "first"]',
    "into[name]",  # a name that the object was made with
    "kept[name]",
}
"""Every write of the page by a key that is no word: the keys are its own."""
KEEPING = {
    "api.js": "session",  # the key of the tab
    "session.js": "session",  # the way back, while somebody signs in elsewhere
    "pictures.js": "local",
    "report.js": "local",
    "splitter.js": "local",
    "theme.js": "local",
}
"""Our modules that keep something in the browser, and in which storage."""
PAGES = [path for path in STATIC.rglob("*.js") if "vendor" not in path.parts]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    url = f"sqlite:///{tmp_path}/pts.db"
    upgrade(url)
    app = create_app(Settings(url, https=False))
    yield app.test_client()
    app.extensions[STORE].close()


def test_the_page_is_open_to_everybody_under_a_strict_policy(client: FlaskClient) -> None:
    answer = client.get("/")
    assert answer.mimetype == "text/html"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_page_has_no_script_or_style_of_its_own_and_no_outside_address(client: FlaskClient) -> None:
    page = client.get("/").text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|https?://", page)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_our_modules_name_no_outside_address(path: Path) -> None:
    assert not re.search(r"[\"'`](https?:)?//\w", path.read_text(encoding="utf-8"))


def test_files_are_packed_for_who_takes_it_and_not_sent_again_unchanged(client: FlaskClient) -> None:
    plain = client.get("/static/app.css")
    packed = client.get("/static/app.css", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert plain.headers["ETag"] != packed.headers["ETag"]
    again = client.get("/static/app.css", headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["nothing.js", "../app.py", "%2e%2e/app.py", "README.md", "lib", "vendor/.ready"])
def test_nothing_else_is_handed_out(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_our_modules_write_by_no_key_that_data_could_choose(path: Path) -> None:
    """``object[key] = value`` with a key out of data can reach what all objects share; a Map cannot."""
    text = path.read_text(encoding="utf-8")
    written = set(re.findall(r"(\w+\[[^\]\n]+\])\s*(?:[-+*/%&|^?]{0,2}=(?![=>])|\+\+|--)", text))
    by_name = {one for one in written if re.fullmatch(r"\w+\[\"[\w-]+\"\]", one)}
    assert written - by_name <= CHOSEN_HERE
    assert not re.search(r"__proto__|\.prototype\b|\bObject\.(assign|define|setProto)|\bfor \(\w+ \w+ in ", text)


def test_what_writes_by_key_is_known_and_in_use() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert [one for one in CHOSEN_HERE if one not in text] == []


def test_what_the_browser_keeps_is_known_and_nothing_of_patients() -> None:
    keeping = {
        (path.name, kind)
        for path in PAGES
        for kind in re.findall(r"(local|session)Storage", path.read_text(encoding="utf-8"))
    }
    assert keeping == set(KEEPING.items())
    other = re.compile(r"indexedDB|document\.cookie|\bcaches\.|serviceWorker|storage\.getDirectory")
    assert [path.name for path in PAGES if other.search(path.read_text(encoding="utf-8"))] == []
