"""What the store can refuse. Messages name days, versions and ids, never a patient.

StoreError
 ├─ NotFoundError      nothing under that name
 ├─ ConflictError      somebody else was first, or the state does not allow it: read again, then decide
 │   └─ ChangedError   what the author says to have seen is not so any more
 ├─ KeyReusedError     an idempotency key that came before with another request
 ├─ StillRunningError  the first request with this idempotency key is not answered yet
 ├─ BusyError          the database is busy or away: try again
 └─ DamagedError       a file or text is missing or is not what was stored
"""

from __future__ import annotations

from sqlalchemy.exc import DontWrapMixin

from pts_optimiser.domain.errors import InputError, PtsError


class StoreError(PtsError):
    """Base of what the store refuses."""


class NotFoundError(StoreError): ...


class ConflictError(StoreError): ...


class ChangedError(ConflictError): ...


class KeyReusedError(StoreError): ...


class StillRunningError(StoreError): ...


class BusyError(StoreError): ...


class DamagedError(StoreError): ...


class UnstorableError(InputError, DontWrapMixin):
    """A value that must not be stored: a time without offset, text that one of the databases cannot hold."""
