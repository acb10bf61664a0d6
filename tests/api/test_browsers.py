"""What a browser says of itself, in a few words."""

from __future__ import annotations

import pytest

from api.who.browsers import browser_of

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64) {WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        (f"Mozilla/5.0 (Linux; Android 16) {WEBKIT} Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        (
            f"Mozilla/5.0 (iPhone; CPU OS 26_0 like Mac OS X) {WEBKIT} Version/26.0 Safari/604.1",
            "Safari on iPhone",
        ),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/26.0 Safari/605.1", "Safari on macOS"),
        ("curl/8.14.1", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_browser_and_system_are_told_in_words_of_ours(sent: str, told: str) -> None:
    assert browser_of(sent) == told
