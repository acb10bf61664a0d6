"""A process killed at each named point of the store: what was published is served, and the work can be done again."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import pts_optimiser
from pts_optimiser.store import Store
from pts_optimiser.store.backup import back_up
from pts_optimiser.store.crash_points import POINTS, arm, crash_point
from tests.faults.whole import assert_whole, work
from tests.store.ending import die_at, ends
from tests.store.examples import NOW

ROOM = Path(pts_optimiser.__file__).parent
OF_STORE = sorted(point for point in POINTS if (ROOM / "store" / f"{point.partition('.')[0]}.py").exists())


def killed_at(url: str, point: str, nth: int) -> None:
    with Store(url) as store:
        die_at(point, nth)
        work(store)


def test_the_points_are_those_that_the_code_passes() -> None:
    sources = [path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py")]
    assert {name for text in sources for name in re.findall(r'crash_point\("([\w.]+)"\)', text)} == POINTS
    assert len(OF_STORE) > 12


@pytest.mark.parametrize("point", OF_STORE)
def test_killed_at_a_point_the_store_is_whole_and_goes_on(url: str, point: str, tmp_path: Path) -> None:
    with Store(url) as store:
        first = work(store)
        assert assert_whole(store) == first
    assert ends(killed_at, url, point, 1) == -signal.SIGKILL
    with Store(url) as store:
        assert first <= assert_whole(store) <= first + 2
        assert back_up(store, tmp_path / "backup.zip", at=NOW).whole
        last = work(store)
        assert assert_whole(store) == last > first


@pytest.mark.soak
@pytest.mark.parametrize("point", OF_STORE)
def test_killed_at_every_passing_of_a_point_the_store_is_whole(
    url: str, point: str, record_property: Callable[[str, object], None]
) -> None:
    with Store(url) as store:
        work(store)
    for nth in range(1, 1000):
        ended = ends(killed_at, url, point, nth)
        with Store(url) as store:
            assert_whole(store)
            if ended == 0:
                record_property("faults", nth - 1)
                return
            assert ended == -signal.SIGKILL
            work(store)  # or each run would leave one file more to the next, and pass the point once more


def test_nothing_is_armed_unless_somebody_arms_it() -> None:
    for point in POINTS:
        crash_point(point)
    passed: list[str] = []
    arm(passed.append)
    crash_point("store.written")
    arm(None)
    crash_point("store.written")
    assert passed == ["store.written"]


def test_the_environment_arms_a_process_once_at_its_start_and_one_process_only(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.touch()
    code = "from pts_optimiser.store.crash_points import crash_point; crash_point('a.b'); crash_point('store.written')"
    for expected in (-signal.SIGKILL, 0):
        environment = {"PTS_CRASH_AT": f"store.written={token}", "PYTHONPATH": ":".join(sys.path)}
        assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == expected


def test_no_room_but_the_tests_arms_anything() -> None:
    for room in (ROOM, ROOM.parent / "api", ROOM.parent / "deploy"):
        for path in room.rglob("*"):
            if path.suffix in {".py", ".yaml", ".service", ".js"} and path.name != "crash_points.py":
                text = path.read_text(encoding="utf-8")
                assert "PTS_CRASH_AT" not in text
                assert not re.search(r"\barm\(", text), path
