"""``forget`` as an operator or a timer calls it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pts_optimiser.cli.app import app
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.store import Store, upgrade
from pts_optimiser.store.audit import entries
from pts_optimiser.store.days import service_days
from tests.store.examples import put


@pytest.fixture
def today() -> date:
    return datetime.now(LONDON).date()


@pytest.fixture
def url(tmp_path: Path, today: date) -> str:
    """A store with a day of long ago and that of today."""
    url = f"sqlite:///{tmp_path}/data/pts.db"
    upgrade(url)
    with Store(url) as store, store.write() as session:
        put(session, today - timedelta(days=100))
        put(session, today)
    return url


def days_of(url: str) -> list[date]:
    with Store(url) as store, store.read() as session:
        return [day.service_date for day in service_days(session)]


def test_old_days_go_and_a_machine_is_told_which(url: str, today: date, tmp_path: Path) -> None:
    asked = ["forget", "--data", str(tmp_path / "data"), "--keep-days", "90", "--by", "person:jane", "--json"]
    told = CliRunner().invoke(app, asked)
    assert told.exit_code == 0, told.output
    gone = [(today - timedelta(days=100)).isoformat()]
    before = (today - timedelta(days=90)).isoformat()
    assert json.loads(told.stdout) == {"before": before, "days": gone, "studies": [], "dry_run": False}
    assert days_of(url) == [today]
    with Store(url) as store, store.read() as session:
        last = entries(session)[-1]
    assert (last.who, last.what) == ("person:jane", "store.forget")


def test_a_timer_says_how_long_by_the_environment_and_is_named_by_its_account(
    url: str, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTS_STORE", url)
    monkeypatch.setenv("PTS_FORGET_DAYS", "90")
    told = CliRunner().invoke(app, ["forget"])
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("Forgot 1 day before ")
    with Store(url) as store, store.read() as session:
        assert entries(session)[-1].who.startswith("cli:")


def test_a_dry_run_tells_and_does_nothing(url: str, today: date) -> None:
    told = CliRunner().invoke(app, ["forget", "--store", url, "--keep-days", "90", "--dry-run"])
    assert (told.exit_code, told.stdout.startswith("Would forget 1 day ")) == (0, True)
    assert len(days_of(url)) == 2


def test_how_long_has_to_be_said_and_is_a_day_at_least(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PTS_FORGET_DAYS", raising=False)
    for asked in ([], ["--keep-days", "0"], ["--keep-days", "-5"]):
        assert CliRunner().invoke(app, ["forget", "--store", url, *asked]).exit_code == 2
    assert len(days_of(url)) == 2


def test_who_has_it_done_has_a_name_without_blanks(url: str) -> None:
    told = CliRunner().invoke(app, ["forget", "--store", url, "--keep-days", "90", "--by", "Jane Doe"])
    assert told.exit_code == 2
    assert len(days_of(url)) == 2


def test_where_nobody_plans_any_more_it_has_to_be_said(tmp_path: Path, today: date) -> None:
    url = f"sqlite:///{tmp_path}/pts.db"
    upgrade(url)
    with Store(url) as store, store.write() as session:
        put(session, today - timedelta(days=100))
    asked = ["forget", "--store", url, "--keep-days", "90"]
    told = CliRunner().invoke(app, asked)
    assert (told.exit_code, "no_recent_day" in told.stderr) == (2, True)
    assert CliRunner().invoke(app, [*asked, "--retired"]).exit_code == 0
    assert days_of(url) == []
