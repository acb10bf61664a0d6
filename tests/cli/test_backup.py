"""``backup`` and ``restore`` as an operator types them, and secrets kept off the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.__main__ import main as serve_api
from pts_optimiser.cli.app import app
from pts_optimiser.store import Store, upgrade
from pts_optimiser.store.audit import entries
from tests.store.examples import add, put

SECRET = "postgresql://pts:hunter2@host/pts?files=/srv"
IN_QUERY = "postgresql://pts@host/pts?files=/srv&password=hunter2"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of ``serve`` with one roster."""
    url = f"sqlite:///{tmp_path}/data/pts.db"
    upgrade(url)
    with Store(url) as store:
        with store.write() as session:
            put(session)
        add(store)
    return tmp_path / "data"


def test_one_command_each_takes_a_store_away_and_brings_it_back(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    made = CliRunner().invoke(app, ["backup", "--data", str(data), str(file), "--json"])
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["tables"]["rosters"]["rows"] == 1
    restored = CliRunner().invoke(app, ["restore", "--data", str(tmp_path / "new"), str(file)])
    assert restored.exit_code == 0, restored.output
    assert restored.stdout.startswith("Restored: ")
    with Store(f"sqlite:///{tmp_path}/new/pts.db") as store, store.read() as session:
        assert [entry.what for entry in entries(session)] == ["day.put", "store.restore"]


def test_the_backup_of_a_damaged_store_is_made_and_ends_with_an_error(data: Path, tmp_path: Path) -> None:
    for file in (data / "pts.db.files").glob("??/*"):
        file.write_bytes(b"")
    told = CliRunner().invoke(app, ["backup", "--data", str(data), str(tmp_path / "backup.zip")])
    assert (told.exit_code, (tmp_path / "backup.zip").exists()) == (1, True)
    assert "damaged" in told.stderr


def test_a_backup_that_cannot_be_written_says_why(data: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["backup", "--data", str(data), str(tmp_path / "nowhere" / "backup.zip")])
    assert (told.exit_code, "cannot be written" in told.stderr) == (2, True)


@pytest.mark.parametrize("command", [["backup", "backup.zip"], ["forget", "--keep-days", "9"]])
def test_a_store_that_is_not_there_is_not_made(command: list[str], tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, [*command, "--data", str(tmp_path / "mistyped")])
    assert answer.exit_code == 2
    assert "no store at" in answer.stderr
    assert not (tmp_path / "mistyped").exists()


def test_which_store_has_to_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PTS_STORE", raising=False)
    told = CliRunner().invoke(app, ["backup", "backup.zip"])
    assert (told.exit_code, "PTS_STORE" in told.stderr) == (2, True)


@pytest.mark.parametrize("url", [SECRET, IN_QUERY])
@pytest.mark.parametrize(
    "command",
    ["work", "first-key", "backup b.zip --store", "restore b.zip --store", "forget --store"],
)
def test_a_password_on_the_command_line_is_refused_and_not_repeated(command: str, url: str) -> None:
    told = CliRunner().invoke(app, [*command.split(), url])
    assert told.exit_code == 2
    assert "PTS_STORE" in told.stderr
    assert "hunter2" not in told.output


def test_a_password_by_the_environment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTS_STORE", SECRET.replace("?files=/srv", ""))
    told = CliRunner().invoke(app, ["work"])
    assert "?files=DIR" in told.stderr


def test_the_api_takes_no_password_on_the_command_line_either(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["api", "--store", SECRET])
    with pytest.raises(SystemExit):
        serve_api()
    assert "hunter2" not in capsys.readouterr().err


def test_no_option_of_any_command_is_a_secret() -> None:
    told = [CliRunner().invoke(app, [str(one.name), "--help"]).output for one in app.registered_commands]
    options = {word.strip(",") for text in told for word in text.split() if word.startswith("--")}
    assert len(options) > 30
    assert not {one for one in options if any(word in one for word in ("secret", "password", "token", "-key"))}
