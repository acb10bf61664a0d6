"""A store in use, on SQLite and on PostgreSQL, and one fault after the other: after each it is read whole.

Processes are killed at a random passing of a random point, disks are full for a while, the database stops and starts,
and now and then the store is backed up and the backup restored and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from traceback import extract_tb

from benchmarks.soak.tally import Tally
from pts_optimiser.store import BusyError, Store, engine, upgrade
from pts_optimiser.store.backup import back_up
from pts_optimiser.store.restore import restore
from tests.faults.test_crash_points import OF_STORE
from tests.faults.test_disk import full_disk
from tests.faults.whole import assert_whole, work
from tests.store.ending import die_at, ends
from tests.store.examples import TRAVEL, add
from tests.store.postgres import NoPostgresError, Server, running_server

MOST_PASSINGS = 12
"""Of a point in a day's work, about."""


def run(budget_s: float, seed: int, state: Path) -> Tally:
    """Faults until the time is over, on fresh stores."""
    began, dice, tally = perf_counter(), Random(seed), Tally()
    state.mkdir(parents=True, exist_ok=True)
    with _stores(state) as stores:
        while perf_counter() - began < budget_s:
            url, server = dice.choice(stores)
            name, fault = dice.choice(_faults(url, server, dice))
            try:
                fault()
                with Store(url) as store:
                    tally += Tally(cases=1, faults=1, requests=_reads(store))
            except Exception as error:  # whatever it is, it is a loss
                backend = "PostgreSQL" if server else "SQLite"
                line = extract_tb(error.__traceback__)[-1].line  # an assertion has no other words
                tally += Tally(lost=(f"{name} on {backend}, seed {seed}: {error!r:.200} at {line}",))
    return tally


@contextmanager
def _stores(state: Path) -> Iterator[list[tuple[str, Server | None]]]:
    """URL and, where it is PostgreSQL, the server, of stores with a published day."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(dir=state))).resolve()
        found: list[tuple[str, Server | None]] = [(f"sqlite:///{folder}/pts.db", None)]
        try:
            server = stack.enter_context(running_server())
            found.append((f"{server.url}&files={folder}/files", server))
        except NoPostgresError as error:
            print(f"without PostgreSQL: {error}")
        for url, _ in found:
            upgrade(url)
            with Store(url) as store:
                work(store)
        yield found


def _faults(url: str, server: Server | None, dice: Random) -> list[tuple[str, Callable[[], None]]]:
    point, nth = dice.choice(OF_STORE), dice.randint(1, MOST_PASSINGS)
    known: list[tuple[str, Callable[[], None]]] = [
        *[(f"killed at {point}, passing {nth}", lambda: _killed(url, point, nth))] * 6,
        ("a full disk", lambda: _full(url)),
        ("backup and restore", lambda: _restored(url)),
    ]
    return [*known, ("a database that stops", lambda: _stopped(url, server))] if server else known


def _killed(url: str, point: str, nth: int) -> None:
    ended = ends(_dies, url, point, nth)
    assert ended in {0, -9}, f"it ended with {ended}"


def _dies(url: str, point: str, nth: int) -> None:
    engine._PRAGMAS = (*engine._PRAGMAS, "synchronous = OFF")  # a process dies, the machine does not
    with Store(url) as store:
        die_at(point, nth)
        work(store)


def _full(url: str) -> None:
    with Store(url) as store, full_disk():
        assert_whole(store)
        try:
            add(store, travel=TRAVEL + b"more")
        except BusyError:
            return
        raise AssertionError("something was written to a full disk")


def _stopped(url: str, server: Server) -> None:
    with Store(url) as store:
        assert_whole(store)
        server.stop()
        try:
            work(store)
        except BusyError:
            pass
        finally:
            server.start()
        work(store)


def _restored(url: str) -> None:
    now = datetime.now(UTC)
    with TemporaryDirectory() as folder:
        file, target = Path(folder, "backup.zip"), f"sqlite:///{folder}/new/pts.db"
        with Store(url) as store:
            version = assert_whole(store)
            assert back_up(store, file, at=now).whole, "the backup says that the store is damaged"
        restore(file, target, by="soak", at=now)
        with Store(target) as store:
            assert assert_whole(store) == version


def _reads(store: Store) -> int:
    """How many times the published roster was read, whole each time."""
    return sum(1 for _ in range(3) if assert_whole(store))
