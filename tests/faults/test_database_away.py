"""PostgreSQL stopped and started while many read and write: what was taken in is there, nobody is told nonsense."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event as Signal
from time import sleep
from uuid import uuid4

import pytest

from pts_optimiser.store import BusyError, Store, upgrade
from pts_optimiser.store.events import append_events, events
from pts_optimiser.store.publishing import published
from tests.faults.whole import assert_whole, said, work
from tests.jobs.crew import until
from tests.store.examples import DAY
from tests.store.postgres import NoPostgresError, Server, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    try:
        with running_server() as server:
            yield server
    except NoPostgresError as error:
        pytest.skip(f"PostgreSQL could not be started: {error}")


def stops_and_starts(server: Server, files: Path, times: int) -> int:
    """Returns how many events were taken in."""
    url = f"{server.url}&files={files}"
    upgrade(url)
    over, taken, refused = Signal(), set[str](), []

    def read(store: Store) -> None:
        while not over.is_set():
            try:
                with store.read() as session:
                    assert published(session, DAY) is not None
            except BusyError as error:
                refused.append(error)
                sleep(0.01)

    def write(store: Store) -> None:
        while not over.is_set():
            name = uuid4().hex
            try:
                with store.write() as session:
                    append_events(session, DAY, [said(name)])
                taken.add(name)
            except BusyError as error:
                refused.append(error)
                sleep(0.01)

    def more(count: int) -> None:
        until(lambda: len(taken) >= count or None)

    with Store(url) as store:
        version = work(store)
        with ThreadPoolExecutor(4) as threads:
            working = [threads.submit(way, store) for way in (read, read, write, write)]
            try:
                for _ in range(times):
                    more(len(taken) + 5)
                    server.stop()
                    server.start()
                    more(len(taken) + 5)
            finally:
                over.set()
            for one in working:
                one.result()
        assert assert_whole(store) == version
        with store.read() as session:
            assert taken <= {event.event_id for _, event in events(session, DAY)}
        assert refused, "nobody noticed that the database was away"
        work(store)
        assert_whole(store)
    return len(taken)


def test_a_database_that_goes_and_comes_back_under_load_loses_nothing(server: Server, tmp_path: Path) -> None:
    assert stops_and_starts(server, tmp_path, 1) >= 10


@pytest.mark.soak
def test_a_database_that_goes_twenty_times_under_load_loses_nothing(
    server: Server, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    assert stops_and_starts(server, tmp_path, 20) >= 200
    record_property("faults", 20)
