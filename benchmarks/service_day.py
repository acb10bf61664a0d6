"""The day itself over HTTP: ``python -m benchmarks.service_day [--at 10.5] [--requests 300] [--plan-seconds 40]``.

Plans the day-before input of a generated weekday, publishes it in a store of its own (SQLite), serves it by gunicorn
(one process, eight threads) on the loopback and takes the day's events up to an hour. Prints, for options of journeys
booked later that day, for batches of 100 events and for single events, the time by the wall clock and of the server's
processor; then the same options while positions and other events come in.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event as Signal
from threading import Thread

import numpy as np

from benchmarks.weekday_service import DAY, Body, Client, Server, position, published, running, told_by

BATCH = 100
POSITIONS_A_SECOND, REPORTS_A_SECOND = 35, 1


def measured(name: str, client: Client, ask: Callable[[int], float], times: int) -> None:
    before = client.processor_s()
    took = np.array([ask(number) for number in range(times)]) * 1000
    processor = (client.processor_s() - before) / times * 1000
    shares = ", ".join(f"p{share} {np.percentile(took, share):.1f}" for share in (50, 90, 99))
    print(f"{name:<44} {times:5d} × {shares} ms; processor {processor:.1f} ms each", flush=True)


@contextmanager
def busy(client: Client, now: datetime, told: Sequence[Body]) -> Iterator[None]:
    """Positions and other events coming in meanwhile, in a batch each second."""
    stop, feed, rest = Signal(), client.another(), iter(told)

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
        known, to_come = told_by(happenings, now)
        later = [event["journey"] for event in to_come if event["type"] == "journey_booked"]
        told = f"{len(known)} of {len(happenings)} events by {now:%H:%M} UTC; {len(later)} journeys booked later"
        print(told, flush=True)
        with running(Server, url) as (port, process):
            client, moment = Client(port, token, process), now.isoformat()

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
            with busy(client, now, known[len(known) // BATCH * BATCH :] + to_come):
                measured("options while others report", client, options, arguments.requests)
            print(f"peak memory of the server {client.peak_mb():,.0f} MB")


if __name__ == "__main__":
    main()
