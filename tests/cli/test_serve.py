"""The whole service on one machine: one command, one folder, everything ends together."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from pts_optimiser.cli import service
from pts_optimiser.cli import together as together_module
from pts_optimiser.cli.app import app
from pts_optimiser.cli.together import together
from pts_optimiser.services.hosted.first_key import first_key
from pts_optimiser.store import Store, upgrade
from pts_optimiser.store.keys import api_keys, authenticate, create_key, revoke_key
from pts_optimiser.store.words import Role
from solver.kernels.jit import cache_folder
from tests.geodata.roads import grid
from tests.jobs.crew import alive, kill, now, offspring, until

MONTH = timedelta(days=30)


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def served(port: int, data: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "pts_optimiser", "serve", "--port", str(port), "--data", str(data)]
    with (tmp_path / "told").open("wb") as told:
        home = {"HOME": str(tmp_path), "NUMBA_CACHE_DIR": str(cache_folder().parent)}  # or it would compile all kernels
        process = subprocess.Popen(command, stdout=told, stderr=told, env=os.environ | home)
        yield process
        for pid in (*offspring(process.pid), process.pid):
            kill(pid)
        process.wait()


def answers(port: int) -> bool | None:
    with suppress(URLError, OSError), urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        return answer.status == 200
    return None


def test_serve_answers_tells_the_first_key_once_and_ends_whole_when_its_worker_is_killed(
    served: subprocess.Popen[bytes], port: int, data: Path, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    assert until(lambda: answers(port))
    until(lambda: "Working." in told.read_text() or None)
    with Store(f"sqlite:///{data}/pts.db") as store, store.read() as session:
        [token] = re.findall(r"pts_[\w-]+", told.read_text())
        assert authenticate(session, token, at=now()) == api_keys(session)[0]
    family = offspring(served.pid)
    worker = next(pid for pid in family if b"work" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"))
    kill(worker)
    assert served.wait(60) == 1
    until(lambda: not any(map(alive, family)) or None)


def test_a_road_network_is_the_workers_and_the_pages_and_another_base_map_the_pages(
    port: int, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(together_module, "together", lambda *commands: started.extend(commands) or 0)
    network, own = tmp_path / "net", tmp_path / "own.geojson"
    grid(4, 4).save(network)
    own.write_text("{}")
    serving = ["serve", "--port", str(port), "--data", str(data)]
    answer = CliRunner().invoke(app, [*serving, "--network", str(network), "--base-map", str(own)])
    assert answer.exit_code == 0, answer.output
    web, worker = started
    assert web[-4:] == ["--network", str(network), "--base-map", str(own)]
    assert worker[-2:] == ["--network", str(network)]
    started.clear()
    assert CliRunner().invoke(app, [*serving, "--network", str(tmp_path)]).exit_code == 3
    assert CliRunner().invoke(app, [*serving, "--base-map", str(tmp_path / "none")]).exit_code == 2
    assert not started
    assert CliRunner().invoke(app, serving).exit_code == 0
    assert not any("--network" in command or "--base-map" in command for command in started)


def test_what_runs_together_ends_with_the_first_that_fails() -> None:
    python = [sys.executable, "-c"]
    assert together([*python, "import time; time.sleep(600)"], [*python, "raise SystemExit(3)"]) == 3


@pytest.mark.parametrize("command", [["serve"], ["work", "sqlite:///pts.db"], ["first-key", "sqlite:///pts.db"]])
def test_without_the_libraries_of_the_service_the_message_says_what_to_install(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "NEEDED", ("dbos", "no_such_library"))
    answer = CliRunner().invoke(app, command)
    assert answer.exit_code == 2
    assert "no_such_library" in answer.stderr
    assert "pts-optimiser[api]" in answer.stderr


def test_the_first_key_of_a_store_is_told_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/pts.db"
    told = CliRunner().invoke(app, ["first-key", url])
    with Store(url) as store, store.read() as session:
        assert authenticate(session, told.stdout.strip(), at=now()) == api_keys(session)[0]
    again = CliRunner().invoke(app, ["first-key", url])
    assert again.exit_code == 2
    assert "has a good key" in again.stderr


def test_where_no_admin_has_a_good_key_any_more_another_is_told_for_a_week(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/pts.db"
    upgrade(url)
    with Store(url) as store:
        first, past = first_key(store), now() - timedelta(days=1)
        assert first is not None
        assert first_key(store) is None
        with store.write() as session:
            [made] = api_keys(session)
            assert timedelta(days=6) < made.expires_at - now() < timedelta(days=8)
            create_key(session, "feed", Role.VIEWER, None, expires_at=now() + MONTH, by="test", at=now())
            create_key(session, "some", Role.ADMIN, frozenset({"a"}), expires_at=now() + MONTH, by="test", at=now())
            create_key(session, "old", Role.ADMIN, None, expires_at=past, by="test", at=past)
            revoke_key(session, made.key_id, by="test", at=now())
        again = first_key(store)
        assert again is not None
        with store.read() as session:
            assert authenticate(session, first, at=now()) is None
            assert authenticate(session, again, at=now()) is not None


def test_a_worker_without_the_network_that_it_is_given_does_not_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/pts.db"
    answer = CliRunner().invoke(app, ["work", url, "--network", str(tmp_path)])
    assert answer.exit_code == 3
    assert "no road network here" in answer.stderr
    assert not (tmp_path / "pts.db").exists()


def test_a_port_in_use_is_told_before_anything_is_made(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = CliRunner().invoke(app, ["serve", "--port", str(taken.getsockname()[1]), "--data", str(data)])
    assert answer.exit_code == 2
    assert "name another with --port" in answer.stderr
    assert not data.exists()
