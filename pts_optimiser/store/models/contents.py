"""What is stored under the SHA-256 of its content: texts in the database, large files in the folder."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from pts_optimiser.store.models.base import Base


class DocumentRow(Base):
    """A text, UTF-8, packed by zlib; ``size`` and ``sha256`` are of the text unpacked."""

    __tablename__ = "documents"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    packed: Mapped[bytes]


class FileRow(Base):
    """A file of the folder that some roster may refer to; holding the row is holding the file."""

    __tablename__ = "files"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
