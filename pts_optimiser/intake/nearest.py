"""Hints for a misspelt word: the nearest of the words that are known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_SHOWN = 12
_MOST = 80


def nearest_hint(word: str, known: Iterable[str]) -> str:
    """``did you mean 'renal'?``, or the known words where none is near."""
    return _hint(word[:_MOST].casefold(), tuple(name[:_MOST] for name in known))


@lru_cache(maxsize=1024)
def _hint(word: str, words: tuple[str, ...]) -> str:
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    more = ", …" if len(words) > _SHOWN else ""
    return f"use one of: {', '.join(words[:_SHOWN])}{more}." if words else "none is defined."
