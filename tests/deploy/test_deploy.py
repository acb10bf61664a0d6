"""What lies in deploy/ can be read by what it is for."""

from __future__ import annotations

import configparser
import importlib
import runpy
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from typer.testing import CliRunner

from api.context import SETTINGS, STORE
from api.settings import WEB_THREADS, Settings
from pts_optimiser.cli.app import app
from pts_optimiser.services.hosted.listening import MOST_LISTENERS
from pts_optimiser.store import upgrade
from tests.jobs.crew import PATIENCE_S

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
}


class Unit(configparser.ConfigParser):
    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None)
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read(path)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_run_our_programs_as_nobody_special_and_come_back(path: Path) -> None:
    service = Unit(path)["Service"]
    assert service.items() >= HARDENED.items()
    assert service["User"] not in {"", "root"}
    if path.with_suffix(".timer") in TIMERS:  # which brings it back
        assert service["Type"] == "oneshot"
    else:
        assert service["Restart"] == "always"
    program, *arguments = service["ExecStart"].split()
    assert program.startswith("/opt/pts-optimiser/.venv/bin/")
    for argument in arguments:
        if argument.startswith("/opt/pts-optimiser/deploy/"):
            assert (DEPLOY / Path(argument).name).is_file()


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.name)
def test_timers_start_a_unit_that_is_there_also_after_a_night_switched_off(path: Path) -> None:
    timer = Unit(path)
    assert path.with_suffix(".service") in UNITS
    assert (timer["Timer"]["Persistent"], timer["Install"]["WantedBy"]) == ("yes", "timers.target")


def test_days_are_forgotten_by_a_command_that_is_there_as_long_after_as_the_settings_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [line] = [unit["Service"]["ExecStart"] for unit in map(Unit, UNITS) if "forget" in unit["Service"]["ExecStart"]]
    monkeypatch.delenv("PTS_FORGET_DAYS", raising=False)
    told = CliRunner().invoke(app, line.split()[1:])
    assert (told.exit_code, "PTS_FORGET_DAYS" in told.stderr) == (2, True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_knows_every_word_of_the_units(path: Path, tmp_path: Path) -> None:
    text = path.read_text()
    for program in ("gunicorn", "pts-optimiser"):
        text = text.replace(f"/opt/pts-optimiser/.venv/bin/{program}", "/bin/true")
    copy = tmp_path / path.name.replace("@", "@1")
    copy.write_text(text)
    said = subprocess.run(
        ["systemd-analyze", "verify", copy], capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert not [line for line in said.stderr.splitlines() if path.stem.partition("@")[0] in line]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_let_our_processes_stand_back_behind_others(path: Path) -> None:
    """``os.nice`` is ``setpriority``, of the group ``@resources``; the last line that names it counts."""
    said = [line.partition("=")[2] for line in path.read_text().splitlines() if line.startswith("SystemCallFilter=")]
    naming = [line for line in said if {"@resources", "@system-service", "setpriority"} & set(line.strip("~").split())]
    assert not naming[-1].startswith("~")


def test_compose_names_a_database_the_api_and_workers_of_one_store() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = compose["services"]
    assert services.keys() == {"database", "web", "worker"}
    ours = [services["web"], services["worker"]]
    assert len({service["environment"]["PTS_STORE"] for service in ours}) == 1
    mounted = {volume.partition(":")[0] for service in ours for volume in service["volumes"]}
    assert mounted <= compose["volumes"].keys()
    assert all(service["cap_drop"] == ["ALL"] and service["read_only"] for service in ours)
    assert (DEPLOY / ours[0]["build"]["dockerfile"].removeprefix("deploy/")).is_file()


def test_a_process_has_threads_for_all_who_may_listen_and_for_others_besides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PTS_WEB_THREADS", raising=False)
    told = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    assert told["threads"] == WEB_THREADS >= 2 * MOST_LISTENERS + 32


def test_gunicorn_takes_its_configuration_and_finds_the_application(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/pts.db"
    upgrade(url)
    checked = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--config", DEPLOY / "gunicorn.conf.py", "--check-config"],
        env={"PTS_STORE": url, "PTS_SECRET": "not a secret", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(DEPLOY.parent)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


@pytest.fixture
def wsgi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    url = f"sqlite:///{tmp_path}/pts.db"
    upgrade(url)
    monkeypatch.syspath_prepend(DEPLOY)
    monkeypatch.setenv("PTS_STORE", url)
    monkeypatch.setenv("PTS_SECRET", "not a secret")
    return importlib.import_module("wsgi")


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.setenv(f"PTS_OPENID_{name}", "https://sign-in.example")
    monkeypatch.setenv("PTS_PUBLIC_URL", "https://pts.example")
    monkeypatch.setenv("PTS_OPENID_ROLES", "pts-admins=admin, pts-control=controller")


def test_people_sign_in_with_keys_only_where_the_environment_names_no_provider(wsgi: ModuleType) -> None:
    assert wsgi.open_id() is None


@pytest.mark.usefixtures("provider")
def test_people_sign_in_with_a_provider_where_the_environment_names_one(
    wsgi: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {role.value for role in wsgi.open_id().roles.values()} == {"admin", "controller"}
    assert wsgi.open_id().required == {}
    monkeypatch.setenv("PTS_OPENID_REQUIRED", "amr=mfa, amr=hwk,acr=high")
    assert wsgi.open_id().required == {"amr": {"mfa", "hwk"}, "acr": {"high"}}


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize(
    ("name", "told"), [("REQUIRED", "mfa"), ("REQUIRED", "amr="), ("ROLES", "pts-admins"), ("ROLES", "")]
)
def test_settings_that_would_let_nobody_in_are_refused(
    wsgi: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.setenv(f"PTS_OPENID_{name}", told)
    with pytest.raises(ValueError, match=f"PTS_OPENID_{name} "):
        wsgi.open_id()


@pytest.mark.parametrize("name", ["PTS_SESSION_HOURS", "PTS_SESSION_IDLE_HOURS"])
@pytest.mark.parametrize("told", ["0", "-2", "nan", "inf", "two", ""])
def test_a_length_of_sessions_that_is_none_is_refused(
    wsgi: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.setenv(name, told)
    with pytest.raises(ValueError, match=f"{name} has to be"):
        wsgi.hours(name, timedelta(hours=2))


def test_secrets_are_read_from_files_where_the_environment_names_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/pts.db"
    upgrade(url)
    (tmp_path / "secret").write_text("of a vault\n")
    monkeypatch.setenv("PTS_STORE", url)
    monkeypatch.setenv("PTS_SECRET_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("PTS_SESSION_IDLE_HOURS", "0.5")
    application = runpy.run_path(str(DEPLOY / "wsgi.py"))["application"]
    settings: Settings = application.extensions[SETTINGS]
    assert settings.secret == application.config["SECRET_KEY"] == "of a vault"
    assert (settings.session_idle, settings.session_longest) == (timedelta(minutes=30), timedelta(hours=12))
    application.extensions[STORE].close()
