"""A generated weekday, planned and published in a store of its own, and gunicorn that serves it on the loopback."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from socket import socket
from time import perf_counter, sleep
from typing import Any

from gunicorn.app.base import BaseApplication

from api import Settings
from api.serving import served_app
from benchmarks.usage import descendants, status_mb, usage
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
Body = dict[str, Any]


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
        return served_app(Settings(self.url, requests_per_second=1e6, burst=1e6))


class Client:
    """One connection that is kept."""

    def __init__(self, port: int, token: str, server: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.token, self.server = token, server

    def another(self) -> Client:
        """Another connection of the same caller."""
        return Client(self.connection.port, self.token, self.server)

    def post(self, way: str, body: object) -> tuple[int, Any, float]:
        """Status, answer, seconds."""
        data = json.dumps(body)
        began = perf_counter()
        self.connection.request("POST", f"/v1/days/{DAY}/{way}", data, self.headers)
        answer = self.connection.getresponse()
        found = answer.read()
        return answer.status, json.loads(found), perf_counter() - began

    def tell(self, events: Sequence[Body]) -> None:
        """Report them, a few hundred at once."""
        for first in range(0, len(events), 500):
            self.post("events/batch", {"events": events[first : first + 500]})

    def processor_s(self) -> float:
        """Processor seconds of the server so far."""
        return usage(self.server)[0]

    def peak_mb(self) -> float:
        """Most memory that its one worker has had."""
        return status_mb(descendants(self.server)[1], "VmHWM")


def published(folder: Path, work: Path, seconds: float) -> tuple[str, str, list[Body]]:
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
def running(server: type[Server], url: str) -> Iterator[tuple[int, int]]:
    """Its port, once it answers, and its process id; gone after the block."""
    port = free_port()
    process = get_context("spawn").Process(target=_serve, args=(server, url, port))
    process.start()
    try:
        until(lambda: answers(port))
        yield port, process.pid or 0
    finally:
        process.terminate()
        process.join()


def free_port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answers(port: int) -> bool:
    with socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def until(done: Callable[[], bool], seconds: float = 60) -> None:
    end = perf_counter() + seconds
    while not done():
        if perf_counter() > end:
            raise TimeoutError
        sleep(0.2)


def told_by(happenings: Sequence[Body], now: datetime) -> tuple[list[Body], list[Body]]:
    """Events of the generator as the API takes them: those received by ``now``, and those to come."""
    known = [datetime.fromisoformat(one["received_at"]) <= now for one in happenings]
    bodies = [_as_body(one) for one in happenings]
    return (
        [body for body, told in zip(bodies, known, strict=True) if told],
        [body for body, told in zip(bodies, known, strict=True) if not told],
    )


def position(number: int, now: datetime) -> Body:
    head = {"event_id": f"p{number}", "source": "fleet", "sequence": number, "type": "position"}
    moment = (now - timedelta(seconds=30)).isoformat()
    there = {"duty_id": f"D{DAY:%y%m%d}-{number % 280 + 1:03d}", "lat": 53.3 + number % 100 / 500, "lon": -2.8}
    return head | there | {"occurred_at": moment, "received_at": moment}


def _serve(server: type[Server], url: str, port: int) -> None:
    server(url, port).run()


def _as_body(event: Body) -> Body:
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
