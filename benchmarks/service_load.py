"""The service under load: ``python -m benchmarks.service_load [--seconds 60] [--reads 300] [--plan-seconds 40]``.

On the loopback, with gunicorn as ``deploy/`` has it (two processes of 160 threads), SQLite and a published weekday:
reads of the roster and its parts at a steady rate, positions of vehicles (35 a second, then bursts of 500), 60
listeners of the progress of a plan that a worker is solving meanwhile. Latencies count from when a request was due,
not from when it could be sent. Prints them, the processor
time of the web processes, and what was kept of what was sent.
"""

from __future__ import annotations

import argparse
import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import perf_counter, sleep

import numpy as np

from api.settings import WEB_THREADS
from benchmarks.usage import usage
from benchmarks.weekday_service import DAY, Server, position, published, running, until
from pts_optimiser.store import Store
from pts_optimiser.store.events import events
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.words import Role

PROCESSES = 2
READERS, LISTENERS = 30, 60
ASKED = 16
"""A new line comes to either process at random: after so many each has made what is asked for."""
BURST, BURST_EVERY = 500, 10
PARTS = ("", "", "", "/kpis", "/unserved", "/roster", "/routes.geojson", "/roster.csv", "/run-sheets", "/roster.xlsx")
Headers = dict[str, str]


class Web(Server):
    """Gunicorn as it is deployed."""

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("workers", PROCESSES)
        self.cfg.set("threads", WEB_THREADS)


@dataclass
class Load:
    """Where the service is and what was heard of it."""

    port: int
    headers: Headers
    late_ms: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)

    def ask(self, line: http.client.HTTPConnection, method: str, way: str, body: object = None) -> tuple[int, bytes]:
        told = None if body is None else json.dumps(body)
        line.request(method, f"/v1{way}", told, self.headers)
        answer = line.getresponse()
        return answer.status, answer.read()

    def note(self, kind: str, due: float, status: int) -> None:
        with self.lock:
            self.late_ms.setdefault(kind, []).append(1000 * (perf_counter() - due))
            if status >= 400:
                self.failed.append(f"{kind} {status}")


def reads(load: Load, reader: int, rate: float, began: float, seconds: float) -> None:
    """One of the readers: its share of the rate, each read when it is due."""
    line = load.connection()
    for number in range(int(rate * seconds / READERS)):
        due = began + (number * READERS + reader) / rate
        sleep(max(0.0, due - perf_counter()))
        part = PARTS[(number * 7 + reader) % len(PARTS)]
        status, _ = load.ask(line, "GET", f"/days/{DAY}/published{part}")
        load.note("reads", due, status)


def positions(load: Load, began: float, seconds: float) -> int:
    """Each second a batch, every tenth second a burst of five; returns how many were sent."""
    line, sent, now = load.connection(), 0, datetime(DAY.year, DAY.month, DAY.day, 9, 30, tzinfo=UTC)
    for second in range(int(seconds)):
        due = began + second
        sleep(max(0.0, due - perf_counter()))
        batches = [100] * (BURST // 100) if second % BURST_EVERY == 0 else [35]
        for size in batches:
            told = [position(10_000_000 + sent + number, now) for number in range(size)]
            status, _ = load.ask(line, "POST", f"/days/{DAY}/events/batch", {"events": told})
            load.note("positions", due, status)
            sent += size
    return sent


def listens(load: Load, plan: str) -> None:
    """One listener: counts events until the end."""
    line = load.connection()
    line.request("GET", f"/v1/plans/{plan}/progress", headers=load.headers)
    answer = line.getresponse()
    heard = 0
    for told in answer:
        heard += told.startswith(b"event:")
        if told.startswith(b"event: end"):
            with load.lock:
                load.heard.append(heard)
            return


@contextmanager
def working(url: str) -> Iterator[None]:
    worker = subprocess.Popen([sys.executable, "-m", "pts_optimiser", "work", url])
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def key(url: str, role: Role) -> Headers:
    at = datetime.now(UTC)
    with Store(url) as store, store.write() as session:
        _, token = create_key(session, role, role, None, expires_at=at + timedelta(days=1), by="benchmark", at=at)
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept-Encoding": "gzip"}


def shares(name: str, late_ms: Sequence[float]) -> str:
    told = ", ".join(f"p{share} {np.percentile(late_ms, share):.0f}" for share in (50, 90, 99))
    return f"{name:<12} {len(late_ms):6d} requests: {told} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--reads", type=float, default=300, help="a second")
    parser.add_argument("--plan-seconds", type=float, default=40)
    asked = parser.parse_args()
    with TemporaryDirectory() as work:
        url, _, _ = published(Path(work), Path(work), asked.plan_seconds)
        headers = key(url, Role.ADMIN)
        with running(Web, url) as (port, web), working(url):
            load = Load(port, headers)
            first = load.connection()
            for part in dict.fromkeys(PARTS):
                asked_for = [load.ask(load.connection(), "GET", f"/days/{DAY}/published{part}") for _ in range(ASKED)]
                status, body = asked_for[-1]
                print(f"{part or '/published':<16} {status} {len(body):>9,} bytes", flush=True)
            _, made = load.ask(first, "POST", f"/days/{DAY}/plans", {"budget_s": asked.seconds + 20, "workers": 1})
            plan = json.loads(made)["plan_id"]
            until(lambda: json.loads(load.ask(first, "GET", f"/plans/{plan}/summary")[1])["status"] == "solving", 300)
            with ThreadPoolExecutor(READERS + LISTENERS + 1) as pool:
                listening = [pool.submit(listens, load, plan) for _ in range(LISTENERS)]
                spent, began = usage(web)[0], perf_counter() + 1
                sending = pool.submit(positions, load, began, asked.seconds)
                reading = [
                    pool.submit(reads, load, reader, asked.reads, began, asked.seconds) for reader in range(READERS)
                ]
                for task in reading:
                    task.result()
                sent, spent = sending.result(), usage(web)[0] - spent
                took = perf_counter() - began
                for listener in listening:
                    listener.result()
            with Store(url) as store, store.read() as session:
                kept = len(events(session, DAY, only=frozenset({"position"})))
        for name, late_ms in load.late_ms.items():
            print(shares(name, late_ms))
        requests = sum(map(len, load.late_ms.values()))
        print(f"web processes: {spent:.0f} s of processor in {took:.0f} s, {1000 * spent / requests:.1f} ms a request")
        print(f"positions: {sent:,} sent, {kept:,} kept; failed: {load.failed or 'none'}")
        events_heard = f"{min(load.heard)} to {max(load.heard)}"
        print(f"listeners: {len(load.heard)} of {LISTENERS} heard the end, after {events_heard} events")


if __name__ == "__main__":
    main()
