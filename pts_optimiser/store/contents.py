"""Texts and files under the SHA-256 of their content, kept once however many rosters hold them.

A row is held while its content is kept or removed, so the two never cross.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pts_optimiser.store.errors import DamagedError
from pts_optimiser.store.files import Files, Staged
from pts_optimiser.store.models import DocumentRow, FileRow
from pts_optimiser.store.types import encoded
from pts_optimiser.store.upsert import insert_into

LEVEL = 6


def files_of(session: Session) -> Files:
    """The folder that belongs to the session's database."""
    folder: Files = session.info["files"]
    return folder


def keep_texts(session: Session, texts: Iterable[str]) -> list[str]:
    """Keep texts; returns the SHA-256 of each."""
    contents = [encoded(text) for text in texts]
    named = [hashlib.sha256(content).hexdigest() for content in contents]
    for sha256, content in sorted(zip(named, contents, strict=True)):  # in one order, or two wait for each other
        held = insert_into(session, DocumentRow).values(
            sha256=sha256, size=len(content), packed=zlib.compress(content, LEVEL)
        )
        session.execute(held.on_conflict_do_update(index_elements=["sha256"], set_={"size": len(content)}))
    return named


def keep_files(session: Session, staged: Iterable[Staged], at: datetime) -> None:
    """Keep staged files. They have their names before the transaction ends: what it refers to is there."""
    for one in sorted(staged, key=lambda one: one.sha256):
        held = insert_into(session, FileRow).values(sha256=one.sha256, size=one.size, created_at=at)
        session.execute(held.on_conflict_do_update(index_elements=["sha256"], set_={"size": one.size}))
        files_of(session).keep(one)


def text_of(session: Session, sha256: str) -> str:
    """A kept text.

    Raises
    ------
    DamagedError
        It is missing or not what was stored.
    """
    packed = session.scalar(select(DocumentRow.packed).where(DocumentRow.sha256 == sha256))
    try:
        content = zlib.decompress(packed or b"")
    except zlib.error:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedError(f"stored text {sha256[:12]}… is not what was stored; restore it from a backup")
    return content.decode()
