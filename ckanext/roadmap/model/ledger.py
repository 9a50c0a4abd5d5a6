"""What the append-only tables share: their own metadata and the columns of the hash chain.

They are kept out of CKAN's metadata because CKAN's test fixture deletes from every table it finds there,
and the database refuses that for the ledger.
"""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import BigInteger
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .columns import Moment, Words


class LedgerBase(DeclarativeBase):
    """Base of the append-only tables."""


class Chained:
    """Columns that make a row a link of its table's hash chain.

    `LATER` names columns that were added after rows had been written: an empty one is no part of the hash.
    """

    LATER: ClassVar[frozenset[str]] = frozenset()

    seq: Mapped[int] = mapped_column(BigInteger, unique=True)
    recorded_at: Mapped[Moment]
    previous_hash: Mapped[Words]
    hash: Mapped[Words]
