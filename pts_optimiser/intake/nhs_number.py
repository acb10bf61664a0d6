"""NHS numbers: ten digits, the last a check digit modulo 11. They must not enter the system."""

from __future__ import annotations

import re

_GROUPS = re.compile(r"(?<![^\W_])\d(?:[\s\-‐‑–./_]?\d){9}(?![\s\-‐‑–./_]?\d)(?![^\W_])")
_THREE_THREE_FOUR = re.compile(r"(?<![^\W_])\d{3}[ \-]?\d{3}[ \-]?\d{4}(?![^\W_])")


def holds_nhs_number(text: str) -> bool:
    """Whether the text is, or holds as a word of its own, a valid NHS number in any grouping.

    Digits inside a longer word do not count: a hash of hexadecimal digits is a fine pseudonym.
    """
    return any(
        is_nhs_number("".join(re.findall(r"\d", found[0])))
        for pattern in (_GROUPS, _THREE_THREE_FOUR)
        for found in pattern.finditer(text)
    )


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the right check digit: 11 less the weighted sum (10 … 2) modulo 11, 11 written 0."""
    if len(digits) != 10:
        return False
    weighted = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - weighted % 11) % 11 == int(digits[9])
