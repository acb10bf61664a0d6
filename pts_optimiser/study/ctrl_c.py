"""Ctrl-C that is not lost: Python drops an exception that is raised in a library's callback, as of its collector."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from types import FrameType


@contextmanager
def noting_ctrl_c() -> Iterator[Callable[[], None]]:
    """As long as this lasts Ctrl-C is noted, and the function given raises KeyboardInterrupt once it has been pressed.

    Pressed again it raises at once, wherever that is. Nothing changes where Ctrl-C would raise nothing here.
    """
    pressed = Event()

    def look() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    def note(_signal: int, _frame: FrameType | None) -> None:
        look()
        pressed.set()

    usual = signal.getsignal(signal.SIGINT)
    if usual is not signal.default_int_handler or current_thread() is not main_thread():
        yield look
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield look
    finally:
        signal.signal(signal.SIGINT, usual)
