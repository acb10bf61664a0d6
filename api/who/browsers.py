"""By what people tell their sessions apart: a browser and a system in words of our own, nothing as it was sent."""

from __future__ import annotations

_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def browser_of(user_agent: str) -> str:
    """``Firefox on Windows``, where the header of that name says so; the first that fits, as browsers name others."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "Another browser")
    system = next((name for sign, name in _SYSTEMS.items() if sign in user_agent), None)
    return browser if system is None else f"{browser} on {system}"
