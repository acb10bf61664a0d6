"""Where a request ends is not guessed: gunicorn, set as deployed, refuses what a proxy may read otherwise."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pts_optimiser.store import upgrade
from tests.jobs.crew import PATIENCE_S, until

DEPLOY = Path(__file__).parents[2] / "deploy"
HEAD = b"POST /v1/days HTTP/1.1\r\nHost: pts.example\r\nContent-Type: application/json\r\n"
HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: pts.example\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("served")
    url = f"sqlite:///{folder}/pts.db"
    upgrade(url)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    settings = {"PTS_STORE": url, "PTS_SECRET": "not a secret", "PTS_BIND": f"127.0.0.1:{port}"}
    settings |= {"PTS_WEB_PROCESSES": "1", "PYTHONPATH": str(DEPLOY.parent), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "gunicorn", "--config", str(DEPLOY / "gunicorn.conf.py")]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, env=settings, stdout=log, stderr=log) as running:
        try:
            until(lambda: running.poll() is not None or _listens(port) or None)
            assert running.poll() is None, (folder / "log").read_text()
            yield port
        finally:
            running.terminate()


def _listens(port: int) -> bool:
    with closing(socket.socket()) as there:
        return there.connect_ex(("127.0.0.1", port)) == 0


def answers(port: int, sent: bytes) -> list[bytes]:
    """The first line of each answer until the server closes."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        heard = b""
        while part := line.recv(65536):
            heard += part
    return [one for one in heard.split(b"\r\n") if one.startswith(b"HTTP/1.1 ")]


def test_a_request_with_one_length_is_read(port: int) -> None:
    [only] = answers(port, HEAD + b"Content-Length: 2\r\n\r\n{}")
    assert only.split()[1] == b"401"


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Content_Length: 5\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"X: y\r\n folded: z\r\n",
    ],
)
def test_nothing_is_hidden_behind_a_length_that_can_be_read_in_two_ways(port: int, lengths: bytes) -> None:
    [only] = answers(port, HEAD + lengths + b"\r\n0\r\n\r\n" + HIDDEN)
    assert only.split()[1] in {b"400", b"501"}
