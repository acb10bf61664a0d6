"""``doctor``: every trial is reported, also after one that failed."""

from __future__ import annotations

import pytest

from pts_optimiser.services import doctor as service


def test_a_sound_installation_passes_every_trial() -> None:
    findings = service.doctor()
    assert len(findings) > 5
    assert [finding for finding in findings if not finding.good] == []


def test_a_failing_trial_is_told_and_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> float:
        raise RuntimeError("no compiler")

    monkeypatch.setattr(service, "warm", broken)
    findings = service.doctor()
    assert [finding.detail for finding in findings if not finding.good] == ["RuntimeError: no compiler"]
