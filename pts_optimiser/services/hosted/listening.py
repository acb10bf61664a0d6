"""Many listen to what changes in the store: one thread a process asks for all of them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from threading import Condition, Thread
from time import monotonic
from typing import Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from pts_optimiser.store import BusyError, Store

EVERY_S = 0.5
HEARTBEAT_S = 15.0
"""So often a listener hears something, so that nobody between takes the line for dead."""
LONGEST_S = 900.0
"""After this a listener has to ask again, with a key that is still good."""
MOST_LISTENERS = 60
"""In one process: each holds a thread of the web server."""

_log = logging.getLogger(__name__)


class Heard(Protocol):
    """A state: another ``revision`` is another state, and after a ``final`` one there is no more."""

    @property
    def revision(self) -> Hashable: ...

    @property
    def final(self) -> bool: ...


Key = TypeVar("Key", bound=Hashable)
State = TypeVar("State", bound=Heard)


class Listener(Iterator[State | None], Generic[Key, State]):
    """A state each time that it has changed, None where nothing has for a while; ends after the final state."""

    def __init__(
        self, shared: Listening[Key, State], key: Key, state: State, seen: Hashable, shown: Callable[[State], State]
    ) -> None:
        self._shared, self._key, self._seen, self._shown = shared, key, seen, shown
        self.over = state.final and seen == state.revision
        """Whether there is nothing more to tell."""
        self._until = monotonic() + shared.longest_s
        self._open = True

    def __next__(self) -> State | None:
        if self.over:
            self.close()
            raise StopIteration
        state = self._shared.next_of(self._key, self._seen, self._until - monotonic())
        if state is not None:
            self._seen = state.revision
            state = self._shown(state)
        self.over = monotonic() > self._until or self._shared.closed or (state is not None and state.final)
        return state

    def close(self) -> None:
        """Listen no more; called by the web server also where the client has gone."""
        if self._open:
            self._open = False
            self._shared.leave(self._key)


class Listening(Generic[Key, State]):
    """What the store says of all that somebody listens to. Open it after a fork; threads share it.

    ``read`` gives the present states of some keys.
    """

    def __init__(
        self,
        store: Store,
        read: Callable[[Session, Sequence[Key]], Iterable[tuple[Key, State]]],
        *,
        every_s: float = EVERY_S,
        heartbeat_s: float = HEARTBEAT_S,
        longest_s: float = LONGEST_S,
        most: int = MOST_LISTENERS,
    ) -> None:
        self.store, self._read, self._every_s, self._heartbeat_s, self._most = store, read, every_s, heartbeat_s, most
        self.longest_s = longest_s
        self.closed = False
        self._changed = Condition()
        self._listeners: Counter[Key] = Counter()
        self._states: dict[Key, State] = {}
        self._asking = False

    def join(
        self, key: Key, state: State, seen: Hashable, shown: Callable[[State], State] = lambda state: state
    ) -> Listener[Key, State]:
        """Listen to a key that is at ``state``, from the one after revision ``seen`` (None: from the present one).

        Raises
        ------
        BusyError
            Too many listen already.
        """
        with self._changed:
            if self._listeners.total() >= self._most:
                raise BusyError("too many listen already; ask again from time to time instead")
            self._listeners[key] += 1
            self._states[key] = state
            if not self._asking:
                self._asking = True
                Thread(target=self._ask, name="listening", daemon=True).start()
        return Listener(self, key, state, seen, shown)

    def next_of(self, key: Key, seen: Hashable, most_s: float) -> State | None:
        """The state once it is not at revision ``seen`` any more; None where that takes longer than a heartbeat, or
        than ``most_s``.
        """
        with self._changed:
            most_s = min(most_s, self._heartbeat_s)
            self._changed.wait_for(lambda: self.closed or self._states[key].revision != seen, most_s)
            state = self._states[key]
            return state if state.revision != seen else None

    def leave(self, key: Key) -> None:
        """One listener less."""
        with self._changed:
            self._listeners[key] -= 1
            if not self._listeners[key]:
                del self._listeners[key], self._states[key]
            self._changed.notify_all()

    def close(self) -> None:
        """Let all listeners go."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def _ask(self) -> None:
        """Until nobody listens any more."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self.closed or not self._listeners, self._every_s)
                if self.closed or not self._listeners:
                    self._asking = False
                    return
                waiting = [key for key, state in self._states.items() if not state.final]
            if waiting:
                self._tell(waiting)

    def _tell(self, keys: list[Key]) -> None:
        try:
            with self.store.read() as session:
                found = list(self._read(session, keys))
        except BusyError:
            _log.warning("what is listened to was not read: the store is busy")
            return
        with self._changed:
            self._states.update((key, state) for key, state in found if key in self._states)
            self._changed.notify_all()
