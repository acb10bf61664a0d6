"""What the service is made of, and an audit that says so when it could not ask."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture
def audit() -> ModuleType:
    spec = spec_from_file_location("audit", DEPLOY / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answering(stdout: str, stderr: str = "") -> Callable[..., subprocess.CompletedProcess[str]]:
    return lambda *_: subprocess.CompletedProcess([], 1, stdout, stderr)


def test_the_bill_of_materials_names_every_part_once_with_its_version(audit: ModuleType) -> None:
    made = audit.sbom(datetime(2026, 11, 23, tzinfo=UTC))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    references = [one["bom-ref"] for one in made["components"]]
    assert len(references) == len(set(references))
    names = {one["purl"].partition("@")[0] for one in made["components"]}
    assert {"pkg:pypi/numpy", "pkg:pypi/ortools", "pkg:pypi/sqlalchemy", "pkg:npm/maplibre-gl"} <= names
    assert "pkg:pypi/pts-optimiser" not in names
    [map_library] = [one for one in made["components"] if one["name"] == "maplibre-gl"]
    assert len(map_library["hashes"][0]["content"]) == 128
    json.dumps(made)


@pytest.mark.parametrize("which", ["python_advisories", "npm_advisories"])
@pytest.mark.parametrize("said", ["", "no network", "[]", '{"error": {"code": "ENOTFOUND"}}'])
def test_an_advisory_service_that_cannot_be_asked_is_not_taken_for_a_clean_answer(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], which: str, said: str
) -> None:
    monkeypatch.setattr(audit, "_run", answering(said, "could not resolve host"))
    assert getattr(audit, which)() == audit.UNASKED
    assert "Nothing is known" in capsys.readouterr().out


def test_packages_that_the_service_passed_over_are_not_taken_for_clean(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"dependencies": [{"name": "some", "vulns": []}, {"name": "other", "skip_reason": "not found"}]}
    monkeypatch.setattr(audit, "_run", answering(json.dumps(told)))
    assert audit.python_advisories() == audit.UNASKED


def test_a_known_vulnerability_is_named_and_fails(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = {"dependencies": [{"name": "some", "version": "1", "vulns": [{"id": "PYSEC-1"}]}, {"name": "other"}]}
    monkeypatch.setattr(audit, "_run", answering(json.dumps(bad)))
    assert audit.python_advisories() == audit.KNOWN
    assert "some: PYSEC-1" in capsys.readouterr().out
    npm = {"vulnerabilities": {"evil": {"severity": "high"}}, "metadata": {"dependencies": {"total": 9}}}
    monkeypatch.setattr(audit, "_run", answering(json.dumps(npm)))
    assert audit.npm_advisories() == audit.KNOWN


def test_clean_answers_are_clean(audit: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_run", answering('{"dependencies": [{"name": "some", "vulns": []}]}'))
    assert audit.python_advisories() == audit.CLEAN
    monkeypatch.setattr(audit, "_run", answering('{"vulnerabilities": {}, "metadata": {"dependencies": {"total": 9}}}'))
    assert audit.npm_advisories() == audit.CLEAN
