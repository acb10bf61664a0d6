"""Control rooms: ``python -m benchmarks.service_rooms [--rooms 60] [--seconds 60] [--folder DIR]``.

On the loopback, one web process as ``deploy/`` has it, SQLite and a published weekday under way at half past ten. Each
room holds a stream of the day's pulse and reads the board when it hears of an event, as the page does; an event comes
each second. Beside them ten readers ask for little things twenty times a second together. Prints latencies (from when
a request was due), how soon rooms hear, and the processor time and memory of the web process; first without any room.
"""

from __future__ import annotations

import argparse
import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import SHUT_RDWR
from tempfile import TemporaryDirectory
from threading import Event, Lock
from time import perf_counter, sleep
from typing import Any

import numpy as np

from api import Settings
from api.serving import served_app
from api.settings import WEB_THREADS
from benchmarks.weekday_service import DAY, Client, Server, position, published, running, told_by

READERS, READS_A_SECOND = 10, 20.0
APART_S = 2.0
"""A page reads the board no sooner again."""
START = datetime(DAY.year, DAY.month, DAY.day, 9, 30, tzinfo=UTC)


class Web(Server):
    """One process of the service, its clock set to the day."""

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("threads", WEB_THREADS)

    def load(self) -> Any:
        begun = perf_counter()

        def clock() -> datetime:
            return START + timedelta(seconds=int(perf_counter() - begun))

        return served_app(Settings(self.url, requests_per_second=1e6, burst=1e6, clock=clock))


class Rooms:
    """Rooms that listen and read, readers that ask, and what all of them found."""

    def __init__(self, client: Client) -> None:
        self.client, self.over, self.lock = client, Event(), Lock()
        self.said: dict[int, float] = {}
        self.heard_ms: list[float] = []
        self.took_ms: dict[str, list[float]] = {}
        self.failed: list[str] = []
        self.lines: list[http.client.HTTPConnection] = []

    def get(self, line: http.client.HTTPConnection, way: str, kind: str, due: float) -> None:
        line.request("GET", f"/v1/days/{DAY}/{way}", headers={**self.client.headers, "Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        with self.lock:
            self.took_ms.setdefault(kind, []).append(1000 * (perf_counter() - due))
            if answer.status != 200:
                self.failed.append(f"{kind} {answer.status}")

    def line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.client.connection.port, timeout=600)

    def room(self) -> None:
        """Follows the day until the line is cut, and reads the board at each event."""
        stream, board = self.line(), self.line()
        self.lines.append(stream)
        stream.request("GET", f"/v1/days/{DAY}/live", headers=self.client.headers)
        read = 0.0
        with suppress(OSError, ValueError, http.client.HTTPException):
            for told in stream.getresponse():
                if not told.startswith(b"data:"):
                    continue
                now, at = perf_counter(), json.loads(told[5:])["position"]
                with self.lock:
                    self.heard_ms += [1000 * (now - self.said[at])] if at in self.said else []
                if now - read > APART_S:
                    read = now
                    self.get(board, "board?most=500", "board", now)

    def reader(self, number: int, began: float) -> None:
        line, step = self.line(), READERS / READS_A_SECOND
        due = began + number / READS_A_SECOND
        while not self.over.is_set():
            sleep(max(0.0, due - perf_counter()))
            self.get(line, "publications?limit=1", "reads", due)
            due += step

    def speak(self, seconds: float) -> None:
        """An event each second; the answer names its position."""
        first = int(perf_counter() * 1000) * 1000
        for number in range(int(seconds)):
            due = perf_counter()
            _, told, _ = self.client.post("events", {**position(first + number, START), "type": "position"})
            with self.lock:
                self.said[told["position"]] = due
            sleep(max(0.0, due + 1 - perf_counter()))

    def run(self, rooms: int, seconds: float) -> None:
        spent = self.client.processor_s()
        with ThreadPoolExecutor(rooms + READERS) as pool:
            for _ in range(rooms):
                pool.submit(self.room)
            sleep(5.0 if rooms else 0.0)
            began = perf_counter()
            for number in range(READERS):
                pool.submit(self.reader, number, began)
            self.speak(seconds)
            self.over.set()
            spent = self.client.processor_s() - spent
            for line in self.lines:
                if line.sock is not None:
                    line.sock.shutdown(SHUT_RDWR)
        share, peak = spent / seconds, self.client.peak_mb()
        print(f"{rooms} rooms: {share:.2f} of a processor; peak {peak:,.0f} MB; failed: {self.failed or 'none'}")
        for kind, found in [*self.took_ms.items(), *([("heard", self.heard_ms)] if self.heard_ms else [])]:
            told = ", ".join(f"p{share} {np.percentile(found, share):.0f}" for share in (50, 90, 99))
            print(f"  {kind:<6} {len(found):6d}: {told} ms", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--folder", type=Path, help="where the plan stays, or is found")
    asked = parser.parse_args()
    with TemporaryDirectory() as work:
        url, token, happenings = published(asked.folder or Path(work), Path(work), 40)
        with running(Web, url) as (port, process):
            client = Client(port, token, process)
            client.tell(told_by(happenings, START)[0])
            Rooms(client).get(client.connection, "board?most=500", "first", perf_counter())
            for rooms in (0, asked.rooms):
                Rooms(client).run(rooms, asked.seconds)


if __name__ == "__main__":
    main()
