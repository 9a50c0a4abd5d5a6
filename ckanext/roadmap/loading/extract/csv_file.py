"""A delimited file on the portal's disk."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.sources.delimited import Layout, guess, look, plain_batches, text_columns
from ckanext.roadmap.sources.errors import ColumnMissingError, SourceError

from .base import Extractor, Probe, extractor
from .records import encode_columns


@extractor
class CsvExtractor(Extractor):
    """`file:///folder/table.csv`, or `file:///folder/` and the table's name in the mapping."""

    kind = "csv"
    schemes = ("file",)

    @contextmanager
    def opened(self) -> Generator[CsvExtract]:
        """The file, looked through once; it must not change until the end."""
        path = self._path()
        try:
            before = _state(path)
            yield CsvExtract(path, self.plan, before)
            changed = _state(path) != before
        except OSError as error:
            raise SourceError(
                "file_unreadable",
                f"The file {path.name} cannot be read ({error.strerror}).",
                "Check that it exists and that the portal's user may read it.",
                name=path.name,
                detail=error.strerror or "",
            ) from None
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
    """The file as it is now."""

    def __init__(self, path: Path, plan: LoadPlan, state: tuple[int, int]) -> None:
        self._path, self._plan, self._state = path, plan, state
        self._found: _Found | None = None

    @property
    def types(self) -> tuple[str, ...]:
        """Declared ones as they are, the others by every value of the file."""
        return self._look().types

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self._look().layout.records

    def probe(self) -> Probe | None:
        """Size and time of change: a file that keeps both is the same file."""
        return {"size": self._state[0], "changed": self._state[1]}

    def batches(self) -> Iterator[bytes]:
        """The file's own bytes where its form is ours, else its cells written anew."""
        found = self._look()
        names = [column.source for column in self._plan.columns]
        layout = found.layout
        if layout.plain and layout.delimiter == "," and list(layout.header) == names:
            return plain_batches(layout)
        return map(encode_columns, text_columns(layout, names))

    def _look(self) -> _Found:
        if self._found is None:
            layout = look(self._path)
            _require(layout, self._plan)
            open_ones = [column.source for column in self._plan.columns if column.type is None]
            guessed = guess(layout, open_ones) if open_ones else {}
            types = tuple(column.type or guessed[column.source] for column in self._plan.columns)
            self._found = _Found(layout, types)
        return self._found


@dataclass(frozen=True, slots=True)
class _Found:
    layout: Layout
    types: tuple[str, ...]


def _state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _require(layout: Layout, plan: LoadPlan) -> None:
    names = [column.source for column in plan.columns]
    missing = tuple(name for name in names if layout.header.count(name) != 1)
    if missing:
        raise ColumnMissingError(plan.schema, layout.path.name, missing)
