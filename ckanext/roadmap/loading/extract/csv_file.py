"""A delimited file on the portal's disk."""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess
from ckanext.roadmap.sources.arrow import pa
from ckanext.roadmap.sources.delimited import (
    Guess,
    Layout,
    NotPlainError,
    block_columns,
    glance,
    look,
    plain_batches,
    text_columns,
)
from ckanext.roadmap.sources.errors import ColumnMissingError, SourceError
from ckanext.roadmap.sources.look import Answer, Clock, Look, timed
from ckanext.roadmap.sources.standing import standing

from .base import Extractor, Probe, extractor
from .errors import AgainError
from .records import encode_columns

if TYPE_CHECKING:
    from ckanext.roadmap.sources.catalogue import Offered
    from ckanext.roadmap.sources.tabular import Tabular

GLANCE = 1 << 20
BATCHES = 8
"""How many batches of a glance tell the types."""


@extractor
class CsvExtractor(Extractor):
    """`file:///folder/table.csv`, or `file:///folder/` and the table's name in the mapping."""

    kind = "csv"
    schemes = ("file",)
    _careful = _glanced = False

    @classmethod
    def look(cls, access: SourceAccess, table: str, clock: Clock) -> Look:
        """Whether the file, or its folder, can be read; the portal's user should not write there."""
        path = Path(unquote(urlsplit(access.url).path))
        path = path / table if access.url.endswith("/") else path
        if not os.access(path, os.R_OK):
            raise _unreadable(path, "-")
        powers = ("WRITE",) if os.access(path, os.W_OK) else ()
        return timed("file", lambda: Answer("", None, powers))

    def closer(self) -> CsvExtractor | None:
        """The same file, looked at whole before a row of it is given, where only a glance was taken."""
        return self.careful() if self._glanced else None

    def careful(self) -> CsvExtractor:
        """The same file, looked at whole whatever its size."""
        made = CsvExtractor(self.plan, self.access)
        made._careful = True
        return made

    def offered(self) -> list[Offered] | None:
        """The files of the folder, or the one file."""
        offered: Any = importlib.import_module("ckanext.roadmap.sources.catalogue")
        path = Path(unquote(urlsplit(self.access.url).path))
        if not self.access.url.endswith("/"):
            return [offered.Offered("", path.name, "file")]
        with _told(path):
            names = sorted(one.name for one in path.iterdir() if one.is_file() and not one.is_symlink())
        return [offered.Offered("", name, "file") for name in names]

    @contextmanager
    def browsed(self, most: int) -> Generator[Tabular]:
        """The file with all of its columns."""
        path = self._path()
        with _told(path):
            delimited: Any = importlib.import_module("ckanext.roadmap.sources.tabular.delimited")
            yield delimited.DelimitedTable(look(path))

    @contextmanager
    def opened(self) -> Generator[CsvExtract]:
        """The file, looked through once; it must not change until the end."""
        path = self._path()
        try:
            with _told(path):
                now, before = time.time(), standing(path)
                self._glanced = not self._careful
                extract = CsvExtract(path, self.plan, before.signs(now), self._careful)
                self._glanced = extract.glanced
                yield extract
                changed = standing(path) != before
        except (NotPlainError, pa.ArrowInvalid):
            raise AgainError from None
        if changed:
            raise SourceError(
                "file_changed", f"The file {path.name} changed while it was read.",
                "Write it beside and rename it.", name=path.name,
            )  # fmt: skip

    def _path(self) -> Path:
        base = Path(unquote(urlsplit(self.access.url).path))
        if not self.access.url.endswith("/"):
            return base
        path = (base / self.plan.table).resolve()
        if not path.is_relative_to(base.resolve()):
            raise SourceError(
                "file_outside", f"The file {path.name} lies outside the connection's folder.",
                "Name a file inside the folder.", name=path.name,
            )  # fmt: skip
        return path


class CsvExtract:
    """The file as it is now.

    A large one is first only glanced at, and the rest looked at while its bytes are on their way.

    :ivar glanced: whether a fault may come of that
    """

    def __init__(self, path: Path, plan: LoadPlan, signs: Probe | None, careful: bool) -> None:
        self._path, self._plan, self._signs = path, plan, signs
        layout = None if careful else glance(path, GLANCE)
        self.glanced = layout is not None and list(layout.header) == _sources(plan)
        self._layout = layout if layout and self.glanced else look(path)
        _require(self._layout, plan)
        self._guess = self._first_guess()

    @property
    def types(self) -> tuple[str, ...]:
        """Declared ones as they are, the others by every value of the file."""
        guessed = self._guess.types
        return tuple(column.type or guessed[column.source] for column in self._plan.columns)

    @property
    def rows(self) -> int:
        """How many rows the file has; not known after a glance."""
        return self._layout.records

    def probe(self) -> Probe | None:
        """What the disk tells of it: a file that keeps all of that is the same file."""
        return self._signs

    def batches(self) -> Iterator[bytes]:
        """The file's own bytes where its form is ours, else its cells written anew."""
        layout, names = self._layout, _sources(self._plan)
        if self.glanced:
            return self._checked(layout)
        if layout.plain and layout.delimiter == "," and list(layout.header) == names:
            return plain_batches(layout)
        return map(encode_columns, text_columns(layout, names))

    def _checked(self, layout: Layout) -> Iterator[bytes]:
        """The file's bytes as long as they bear out what the glance found."""
        expected = self._guess.types
        self._guess.narrow()
        for batch in plain_batches(layout):
            if names := self._guess.open_names:
                self._guess.take(names, block_columns(batch, layout, names))
                if self._guess.types != expected:
                    raise NotPlainError
            yield batch

    def _first_guess(self) -> Guess:
        """By all values, or those of the glance."""
        guess = Guess([column.source for column in self._plan.columns if column.type is None])
        if not guess.names:
            return guess
        if self.glanced:
            for batch in islice(plain_batches(self._layout), BATCHES):
                guess.take(guess.names, block_columns(batch, self._layout, guess.names))
            return guess
        for columns in text_columns(self._layout, guess.names):
            guess.take(guess.names, columns)
        return guess


@contextmanager
def _told(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise _unreadable(path, error.strerror or "") from None


def _sources(plan: LoadPlan) -> list[str]:
    return [column.source for column in plan.columns]


def _unreadable(path: Path, detail: str) -> SourceError:
    return SourceError(
        "file_unreadable",
        f"The file {path.name} cannot be read ({detail}).",
        "Check that it exists and that the portal's user may read it.",
        name=path.name,
        detail=detail,
    )


def _require(layout: Layout, plan: LoadPlan) -> None:
    names = _sources(plan)
    missing = tuple(name for name in names if layout.header.count(name) != 1)
    if missing:
        raise ColumnMissingError(plan.schema, layout.path.name, missing)
