"""The day itself over HTTP: ``python -m benchmarks.service_day [--at 10.5] [--requests 300] [--plan-seconds 40]``.

Plans the day-before input of a generated weekday, publishes it in a store of its own (SQLite), serves it by gunicorn
(one process, eight threads) on the loopback and takes the day's events up to an hour. Prints, for options of journeys
booked later that day, for batches of 100 events and for single events, the time by the wall clock and of the server's
processor; then the same options while positions and other events come in.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event as Signal
from threading import Thread
from time import perf_counter, sleep
from typing import Any

import numpy as np
from gunicorn.app.base import BaseApplication

from api import Settings, create_app
from pts_optimiser.planning.day import Search
from pts_optimiser.services.generate import generate
from pts_optimiser.services.plan import Order, plan
from pts_optimiser.services.reoptimise import read_plan
from pts_optimiser.services.sources import read_source
from pts_optimiser.store import Store, upgrade
from pts_optimiser.store.days import put_day
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.publishing import publish
from pts_optimiser.store.rosters import add_roster
from pts_optimiser.store.words import Role

DAY = date(2026, 9, 15)
THREADS = 8
BATCH = 100
POSITIONS_A_SECOND, REPORTS_A_SECOND = 35, 1


class Server(BaseApplication):  # type: ignore[misc]
    """One process of the service."""

    def __init__(self, url: str, port: int) -> None:
        self.url, self.port = url, port
        super().__init__()

    def load_config(self) -> None:
        told = {"bind": f"127.0.0.1:{self.port}", "workers": 1, "threads": THREADS, "worker_class": "gthread"}
        for name, value in {**told, "timeout": 600, "accesslog": None, "loglevel": "error", "keepalive": 60}.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app(Settings(self.url, requests_per_second=1e6, burst=1e6))


def serve(url: str, port: int) -> None:
    Server(url, port).run()


class Client:
    """One connection that is kept."""

    def __init__(self, port: int, token: str, server: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.server = server

    def post(self, way: str, body: object) -> tuple[int, Any, float]:
        """Status, answer, seconds."""
        data = json.dumps(body)
        began = perf_counter()
        self.connection.request("POST", f"/v1/days/{DAY}/{way}", data, self.headers)
        answer = self.connection.getresponse()
        found = answer.read()
        return answer.status, json.loads(found), perf_counter() - began

    def processor_s(self) -> float:
        """Processor seconds of the server so far (Linux)."""
        worker = Path(f"/proc/{self.server}/task/{self.server}/children").read_text(encoding="ascii").split()[0]
        fields = Path(f"/proc/{worker}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float:
        worker = Path(f"/proc/{self.server}/task/{self.server}/children").read_text(encoding="ascii").split()[0]
        status = Path(f"/proc/{worker}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1000


def published(folder: Path, work: Path, seconds: float) -> tuple[str, str, list[dict[str, Any]]]:
    """A store with the published day: its URL, a controller's key, and what happens on the day."""
    inputs, out, url, by = folder / "in", folder / "plan", f"sqlite:///{work}/pts.db", "benchmark"
    if not out.exists():
        generate(DAY, 1, inputs, known="day-before")
        sources = read_source(inputs / "journeys.csv"), read_source(inputs / "duties.csv")
        plan(Order(*sources, out, search=Search(budget_s=seconds)), lambda _progress: None)
    made, now = read_plan(out), datetime.now(UTC)
    names = ("journeys.csv", "duties.csv", "policy.toml")
    texts = {name: (out / name).read_text(encoding="utf-8") for name in names}
    upgrade(url)
    with Store(url) as store, store.files.staged(out / "travel.npz") as travel, store.write() as session:
        journeys, duties = tuple(made.journeys.values()), tuple(made.duties.values())
        put_day(session, DAY, journeys, duties, texts["policy.toml"], {}, by=by, at=now)
        kept = add_roster(session, made.roster, texts, {"travel.npz": travel}, by=by, at=now)
        publish(session, DAY, kept.version, expected_etag=None, by=by, at=now)
        expires = now + timedelta(days=1)
        _, token = create_key(session, by, Role.CONTROLLER, None, expires_at=expires, by=by, at=now)
    lines = (inputs / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return url, token, [json.loads(line) for line in lines]


@contextmanager
def served(url: str, token: str) -> Iterator[Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(url, port))
    process.start()
    try:
        until = perf_counter() + 60
        while perf_counter() < until:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            sleep(0.2)
        yield Client(port, token, process.pid or 0)
    finally:
        process.terminate()
        process.join()


def as_body(event: dict[str, Any]) -> dict[str, Any]:
    """An event of the generator as the API takes it."""
    journey = event.get("journey")
    if not isinstance(journey, dict):
        return event
    numbers = {
        name: float(journey[name]) for name in journey if name.endswith(("_lat", "_lon")) and journey[name] != ""
    }
    plain = {name: value for name, value in journey.items() if value not in ("", None)} | numbers
    plain |= {"escorts": int(journey.get("escorts") or 0), "travel_alone": str(journey.get("travel_alone")) == "1"}
    if isinstance(plain.get("skills"), str):
        plain["skills"] = plain["skills"].split(";")
    return {**event, "journey": plain}


def position(number: int, now: datetime) -> dict[str, Any]:
    head = {"event_id": f"p{number}", "source": "fleet", "sequence": number, "type": "position"}
    moment = (now - timedelta(seconds=30)).isoformat()
    there = {"duty_id": f"D{DAY:%y%m%d}-{number % 280 + 1:03d}", "lat": 53.3 + number % 100 / 500, "lon": -2.8}
    return head | there | {"occurred_at": moment, "received_at": moment}


def measured(name: str, client: Client, ask: Callable[[int], float], times: int) -> None:
    before = client.processor_s()
    took = np.array([ask(number) for number in range(times)]) * 1000
    processor = (client.processor_s() - before) / times * 1000
    shares = ", ".join(f"p{share} {np.percentile(took, share):.1f}" for share in (50, 90, 99))
    print(f"{name:<44} {times:5d} × {shares} ms; processor {processor:.1f} ms each", flush=True)


@contextmanager
def busy(client: Client, now: datetime, told: Sequence[dict[str, Any]]) -> Iterator[None]:
    """Positions and other events coming in meanwhile, in a batch each second."""
    stop, feed, rest = Signal(), Client(client.connection.port, "", client.server), iter(told)
    feed.headers = client.headers

    def work() -> None:
        number = 1_000_000
        while not stop.wait(1.0):
            batch = [position(number + k, now) for k in range(POSITIONS_A_SECOND)]
            batch += [event for _, event in zip(range(REPORTS_A_SECOND), rest, strict=False)]
            number += POSITIONS_A_SECOND
            feed.post("events/batch", {"events": batch})

    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", type=float, default=10.5, help="hour of the day")
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--plan-seconds", type=float, default=40)
    parser.add_argument("--folder", type=Path, help="where the plan stays, or is found")
    arguments = parser.parse_args()
    now = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) + timedelta(hours=arguments.at - 1)  # summer time
    with TemporaryDirectory() as work:
        folder = arguments.folder or Path(work)
        url, token, happenings = published(folder, Path(work), arguments.plan_seconds)
        events = [as_body(event) for event in happenings]
        known = [event for event in events if datetime.fromisoformat(event["received_at"]) <= now]
        later = [event["journey"] for event in events if event["type"] == "journey_booked" and event not in known]
        print(
            f"{len(known)} of {len(events)} events by {now:%H:%M} UTC; {len(later)} journeys booked later", flush=True
        )
        with served(url, token) as client:
            moment = now.isoformat()

            def options(number: int) -> float:
                body = {"journey": later[number % len(later)], "most": 5, "now": moment}
                status, answer, took = client.post("options", body)
                if status != 200:
                    raise AssertionError(answer)
                return took

            def batch(number: int) -> float:
                first = number * BATCH
                status, answer, took = client.post("events/batch", {"events": batches[first : first + BATCH]})
                if status != 201:
                    raise AssertionError(answer)
                return took

            def single(number: int) -> float:
                return client.post("events", position(500_000 + number, now))[2]

            client.post("options", {"journey_id": "nobody", "now": moment})  # loads what is needed
            batches = known
            measured("batch of 100 events of the day so far", client, batch, len(known) // BATCH)
            print(f"first options, all to be worked out: {options(0):.2f} s", flush=True)
            for number in range(10):
                options(number)
            measured("options of a new journey", client, options, arguments.requests)
            batches = [position(number, now) for number in range(50 * BATCH)]
            measured("batch of 100 positions", client, batch, 50)
            measured("single position", client, single, arguments.requests)
            with busy(client, now, known[len(known) // BATCH * BATCH :] + events[len(known) :]):
                measured("options while others report", client, options, arguments.requests)
            print(f"peak memory of the server {client.peak_mb():,.0f} MB")


if __name__ == "__main__":
    main()
