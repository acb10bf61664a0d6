"""Work that may run wild, in a process that can be killed: bytes in, bytes out, with a limit of memory and time.

Both sides speak in frames over pipes: a byte that says how it went, eight bytes of length, the content. The child ends
when its parent does: nothing comes in any more.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from threading import Lock, Timer
from typing import IO

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue_json import issue_documents, issues_from_documents
from pts_optimiser.store import BusyError

DONE, REFUSED = b"\0", b"\1"
START_S = 600.0
"""A child may take this long to get ready: it may have to compile, once on a machine."""
_LENGTH = 8
_NICE = 10


class KilledError(InputError):
    """The work took more time or memory than it is given."""


class Child:
    """A process that runs ``serve`` of a module, started when first needed and again where it was killed."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._turn = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: bytes, *, seconds: float, wait_s: float = 2.0) -> bytes:
        """What the child makes of the request; one request at a time.

        Raises
        ------
        InputError
            What the child refuses, with its issues.
        KilledError
            It took more than ``seconds``, or more memory than it may have.
        BusyError
            Others were served for longer than ``wait_s``.
        """
        if not self._turn.acquire(timeout=wait_s):
            raise BusyError("others are being served; try again")
        try:
            return self._asked(request, seconds)
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _asked(self, request: bytes, seconds: float) -> bytes:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", self._module], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self._exchange(self._process, None, START_S)
        how, content = self._exchange(self._process, request, seconds)
        if how == REFUSED:
            told = json.loads(content)
            raise InputError(told["message"], issues_from_documents(told["issues"]))
        return content

    def _exchange(self, process: subprocess.Popen[bytes], request: bytes | None, seconds: float) -> tuple[bytes, bytes]:
        """What comes back for the request; for none, the word that the child is ready."""
        watch = Timer(seconds, process.kill)
        watch.start()
        try:
            if process.stdin is None or process.stdout is None:
                raise AssertionError("the child was started with pipes")
            if request is not None:
                _send(process.stdin, DONE, request)
            return _receive(process.stdout)
        except (OSError, EOFError):
            self.close()
            raise KilledError("this takes more time or memory than it may; ask for less at once") from None
        finally:
            watch.cancel()


def serve(work: Callable[[bytes], bytes], memory: int, prepare: Callable[[], object] = lambda: None) -> None:
    """Get ready by ``prepare``, then answer the parent's requests one after the other, all within ``memory`` bytes of
    address space."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_NICE)
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing else may get between the frames
    prepare()
    _send(out, DONE, b"")
    while True:
        try:
            _, request = _receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = DONE, work(request)
        except InputError as error:
            told = {"message": str(error), "issues": issue_documents(error.issues)}
            answer = REFUSED, json.dumps(told).encode()
        _send(out, *answer)


def _send(pipe: IO[bytes], how: bytes, content: bytes) -> None:
    pipe.write(how + len(content).to_bytes(_LENGTH, "big"))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    head = pipe.read(1 + _LENGTH)
    content = pipe.read(int.from_bytes(head[1:], "big")) if len(head) == 1 + _LENGTH else b""
    if len(head) < 1 + _LENGTH or len(content) < int.from_bytes(head[1:], "big"):
        raise EOFError("the pipe was closed")
    return head[:1], content
