"""What logs must not hold, taken out of any text: postcodes, numbers like NHS numbers, coordinates, secrets."""

from __future__ import annotations

import re

_EDGE, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_HIDDEN = re.compile(
    "|".join(
        (
            r"pts_[0-9a-f]{16}_[A-Za-z0-9_-]+",
            r"(?i:bearer|basic)\s+[A-Za-z0-9._~+/=-]+",
            rf"{_EDGE}[A-Za-z]{{1,2}}[0-9][0-9A-Za-z]?\s*[0-9][A-Za-z]{{2}}{_END}",
            rf"{_EDGE}[0-9](?:[\s\-‐‑–._]?[0-9]){{9}}{_END}",
            rf"{_EDGE}[0-9]{{1,3}}\.[0-9]{{3,}}{_END}",
            r"(?<=patient_ref)['\"]?\s*[=:]\s*\S+",
        )
    )
)


def redacted(text: str) -> str:
    """The text without what might tell of a patient or open a door."""
    return _HIDDEN.sub("[hidden]", text)
