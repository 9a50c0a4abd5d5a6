"""Mappings: which table of which connection is published as which item of which body."""

from __future__ import annotations

from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Document, Key, Moment, Words


class Mapping(tk.BaseModel):
    """One table or view tied to one item; the dataset and resource it fills keep their ids."""

    __tablename__ = "roadmap_mapping"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(sa.UnicodeText, unique=True)
    connection: Mapped[Words]
    source_schema: Mapped[Words]
    source_table: Mapped[Words]
    item_code: Mapped[Words]
    body_name: Mapped[Words]
    dataset_id: Mapped[Words]
    resource_id: Mapped[Words]
    definition: Mapped[Document]
    definition_hash: Mapped[Words]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]

    @classmethod
    def select_all(cls) -> sa.Select[tuple[Self]]:
        """Every mapping, by name."""
        return sa.select(cls).order_by(cls.name)

    @classmethod
    def by_name(cls, name: str) -> sa.Select[tuple[Self]]:
        """The mapping of that name."""
        return sa.select(cls).where(cls.name == name)

    @classmethod
    def of_dataset_name(cls, name: str) -> sa.Select[tuple[Self]]:
        """The mappings whose dataset is to have that name."""
        return sa.select(cls).where(cls.definition["dataset"]["name"].astext == name)

    @classmethod
    def of_resource(cls, resource_id: str) -> sa.Select[tuple[Self]]:
        """The mapping that fills a resource."""
        return sa.select(cls).where(cls.resource_id == resource_id)

    @classmethod
    def of_connection(cls, connection: str) -> sa.Select[tuple[Self]]:
        """What is mapped from one connection, by name."""
        return cls.select_all().where(cls.connection == connection)
