"""How the pages say things: local times with the day marked, layouts, mobilities, categories, reasons."""

from __future__ import annotations

import re
from datetime import date, datetime

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.policy import Layout

MOBILITY_WORDS = {
    "car": "Walks",
    "assist1": "Walks with help of one",
    "assist2": "Needs help of two",
    "wc_transfer": "Wheelchair, transfers to a seat",
    "wheelchair": "Stays in wheelchair",
    "electric": "Powered wheelchair",
    "stretcher": "Stretcher",
    "bariatric": "Bariatric",
    "hdu": "High dependency",
}
_INITIALS = re.compile(r"\b(hdu|pts)\b", re.IGNORECASE)
MEASURE_WORDS = {"arrive": "arrival on time", "collect": "collection", "aboard": "time aboard"}


def clock_text(moment: datetime, service_date: date) -> str:
    """``07:05``, or ``00:20 (+1)`` where the local day is not the service day."""
    local = moment.astimezone(LONDON)
    days = (local.date() - service_date).days
    return f"{local:%H:%M}" + (f" ({days:+d})" if days else "")


def plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def layout_text(layout: Layout) -> str:
    """``4 seats, 1 wheelchair place``."""
    parts = [
        (layout.seats, "seat"),
        (layout.wheelchairs, "wheelchair place"),
        (layout.stretchers, "stretcher"),
    ]
    return ", ".join(plural(count, word) for count, word in parts if count) or "no places"


def in_words(code: str) -> str:
    """A code of the files as a reader sees it: ``day_case`` → ``Day case``."""
    words = code.replace("_", " ").strip()
    return _INITIALS.sub(lambda found: found[0].upper(), words[:1].upper() + words[1:])


def contract_text(code: str) -> str:
    """Contracts are called as places are: ``pan_birmingham`` → ``Pan Birmingham``."""
    return " ".join(in_words(word) for word in code.split("_") if word)


def mobility_text(code: str) -> str:
    return MOBILITY_WORDS.get(code, in_words(code))
