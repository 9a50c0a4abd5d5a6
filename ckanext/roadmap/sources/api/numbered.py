"""Pages by number: from which record on, or which page."""

from __future__ import annotations

from typing import Any

from .paging import Page, Paging, paging, with_parameters

LIMIT = 1000


class _Numbered(Paging):
    number: str
    limit: str = "limit"

    def _asked(self, url: str, number: int) -> str:
        values: dict[str, Any] = {str(self.options.get("parameter", self.number)): number}
        values[str(self.options.get("limit_parameter", self.limit))] = self.options.get("limit", LIMIT)
        return with_parameters(url, values)

    def _is_last(self, page: Page) -> bool:
        """A server may give fewer than it was asked for: only an empty page, or the total, is the end."""
        total = self.total(page)
        return page.records == 0 or (total is not None and page.taken >= total)


@paging
class Offset(_Numbered):
    """`offset=200&limit=100`."""

    style = "offset"
    number = "offset"

    def first(self, url: str) -> str:
        """From the first record on."""
        return self._asked(url, 0)

    def next(self, page: Page) -> str | None:
        """From behind the last one that came."""
        return None if self._is_last(page) else self._asked(page.url, page.taken)


@paging
class Numbered(_Numbered):
    """`page=3&per_page=100`; `first: 0` where pages are counted from nought."""

    style = "page"
    number = "page"
    limit = "per_page"

    def __init__(self, options: Any) -> None:
        super().__init__(options)
        self._at = int(options.get("first", 1))

    def first(self, url: str) -> str:
        """The first page."""
        return self._asked(url, self._at)

    def next(self, page: Page) -> str | None:
        """One further."""
        self._at += 1
        return None if self._is_last(page) else self._asked(page.url, self._at)
