"""The API as it is deployed, to be killed, and who works with it all the while."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import requests

from pts_optimiser.store import Store
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.words import Role
from tests.jobs.crew import BY, kill, now, offspring, until

DEPLOY = Path(__file__).parents[2] / "deploy"
MORNING = "2026-11-24T09:30:00Z"
ENDED = {"complete", "stopped", "failed", "invalid"}


class Web:
    """Gunicorn by ``deploy/gunicorn.conf.py``: two processes and the one above them."""

    def __init__(self, url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        told = {"PTS_STORE": url, "PTS_SECRET": "not a secret", "PTS_BIND": f"127.0.0.1:{self.port}"}
        self._environment = os.environ | told
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "gunicorn", "--config", str(DEPLOY / "gunicorn.conf.py")]
        return subprocess.Popen(command, env=self._environment, stderr=subprocess.DEVNULL, cwd=DEPLOY.parent)

    def kill_one(self, dice: random.Random) -> None:
        """One of its processes; where it is the one above, all is started anew, as systemd does."""
        chosen = dice.choice([self._process.pid, *offspring(self._process.pid)])
        kill(chosen)
        if chosen == self._process.pid:
            self._process.wait()
            self._process = self._started()

    def end(self) -> None:
        family = [self._process.pid, *offspring(self._process.pid)]
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        for pid in family[1:]:
            kill(pid)


class Desk:
    """Orders plans and re-plans of a day over HTTP and publishes what is complete; ``ordered``: what was answered 202.

    Where the line is cut it looks at the day anew, as people do.
    """

    def __init__(self, port: int, token: str, day: date, seed: int) -> None:
        self._line = requests.Session()
        self._line.headers["Authorization"] = f"Bearer {token}"
        self._api, self._day = f"http://127.0.0.1:{port}/v1", f"http://127.0.0.1:{port}/v1/days/{day}"
        self._dice, self._over = random.Random(seed), Event()
        self.ordered: set[str] = set()
        self.answers: Counter[int] = Counter()
        self.cut = 0
        self._thread = Thread(target=self._work, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._over.wait(self._dice.uniform(0.05, 0.3)):
            try:
                self._look()
            except requests.RequestException:
                self.cut += 1

    def _ask(self, method: str, way: str, **told: Any) -> requests.Response:
        answer = self._line.request(method, way, timeout=30, **told)
        self.answers[answer.status_code] += 1
        return answer

    def _read(self, way: str) -> Any:
        answer = self._ask("GET", way)
        answer.raise_for_status()
        return answer.json()

    def _look(self) -> None:
        known = self._read(f"{self._day}/plans?limit=30")["items"]
        if sum(plan["status"] not in ENDED for plan in known) < 3:
            search = {"budget_s": 8.0} if self._dice.random() < 0.5 else {"iterations": 400}
            self._note(self._ask("POST", f"{self._day}/plans", json={**search, "workers": 1}))
        for plan in known:
            if plan["kind"] == "plan" and plan["status"] == "complete":
                self._publish(plan["plan_id"])
        if self._ask("GET", f"{self._day}/published").ok:
            self._note(self._ask("POST", f"{self._day}/reoptimise", json={"now": MORNING, "budget_s": 0.5}))

    def _note(self, answer: requests.Response) -> None:
        if answer.status_code == 202:
            self.ordered.add(answer.json()["plan_id"])

    def _publish(self, plan_id: str) -> None:
        """Whoever published it before the line was cut is not followed by a second one."""
        version = self._read(f"{self._api}/plans/{plan_id}/summary")["version"]
        published = self._read(f"{self._day}/publications?limit=500")["items"]
        if version not in {one["version"] for one in published}:
            seen = {"If-Match": f'"{published[0]["etag"]}"'} if published else {"If-None-Match": "*"}
            self._ask("POST", f"{self._api}/plans/{plan_id}/publish", headers=seen)


@contextmanager
def front_of(store: Store, url: str, day: date, seed: int) -> Iterator[tuple[Web, Desk]]:
    """The API over a store, and somebody at work with it."""
    with store.write() as session:
        expires = now() + timedelta(days=1)
        _, token = create_key(session, "desk", Role.ADMIN, None, expires_at=expires, by=BY, at=now())
    web = Web(url)
    desk = Desk(web.port, token, day, seed)

    def answers() -> bool | None:
        with suppress(requests.RequestException):
            return requests.get(f"http://127.0.0.1:{web.port}/readyz", timeout=30).ok or None
        return None

    try:
        until(answers)
        desk.start()
        try:
            yield web, desk
        finally:
            desk.end()
    finally:
        web.end()
