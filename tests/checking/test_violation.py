import re
from pathlib import Path

from pts_optimiser.checking import Code, Violation

from . import (
    test_breaks,
    test_completeness,
    test_crew,
    test_day,
    test_day_legs,
    test_day_themes,
    test_inputs,
    test_loads,
    test_sharing,
    test_structure,
    test_timing,
    test_travel,
    test_windows,
)

THEMES = (
    test_breaks,
    test_completeness,
    test_crew,
    test_day,
    test_day_legs,
    test_day_themes,
    test_inputs,
    test_loads,
    test_sharing,
    test_structure,
    test_timing,
    test_travel,
    test_windows,
)
DOCS = Path(__file__).parents[2] / "docs" / "violations.md"
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_the_docs_explain_every_code_once_and_no_other():
    documented = [code for code, _, _ in ROW.findall(DOCS.read_text(encoding="utf-8"))]
    assert sorted(documented) == sorted(Code)


def test_every_code_is_provoked_by_some_damage():
    provoked = {code for theme in THEMES for damage in theme.DAMAGES for code in damage.codes}
    assert provoked == set(Code)


def test_labels_of_damage_are_distinct():
    labels = [damage.label for theme in THEMES for damage in theme.DAMAGES]
    assert len(labels) == len(set(labels)) >= 100


def test_a_violation_in_words():
    assert str(Violation(Code.BAND, "band is 1", "D1", None, 0)) == "band (duty D1, stop 0): band is 1"
    assert str(Violation(Code.TRAFFIC_BANDS, "bands differ")) == "traffic_bands: bands differ"
