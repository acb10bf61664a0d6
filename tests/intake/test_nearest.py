"""Hints for misspelt words."""

from __future__ import annotations

from pts_optimiser.intake.nearest import nearest_hint


def test_a_near_word_is_proposed_whatever_the_case() -> None:
    assert nearest_hint("RENL", ["renal", "hdu"]) == "did you mean 'renal'?"


def test_without_a_near_word_the_known_ones_are_listed() -> None:
    assert nearest_hint("zzz", ["renal", "hdu"]) == "use one of: renal, hdu."
    assert nearest_hint("zzz", [f"k{number}" for number in range(30)]).endswith("k11, ….")
    assert nearest_hint("zzz", []) == "none is defined."


def test_known_words_of_a_file_are_not_kept_whole() -> None:
    hint = nearest_hint("mobilty", ["x" * 100_000, "mobility" + "y" * 100_000])
    assert len(hint) < 300
