"""Pages by a mark that each answer gives for the next."""

from __future__ import annotations

from urllib.parse import urljoin

from .paging import Page, Paging, at, paging, with_parameters


@paging
class Cursor(Paging):
    """`cursor=…`: the mapping says where the answer has the mark (`next: meta.next_cursor`).

    A mark that is an address is asked as it stands.
    """

    style = "cursor"

    def first(self, url: str) -> str:
        """Without a mark; with the size of a page, where the mapping names its parameter."""
        name = self.options.get("limit_parameter")
        return with_parameters(url, {str(name): self.options.get("limit", 1000)}) if name else url

    def next(self, page: Page) -> str | None:
        """By the mark, until there is none."""
        mark = at(page.document, str(self.options.get("next", "next")))
        if mark is None or mark == "" or mark is False:
            return None
        text = str(mark)
        if text.startswith(("http://", "https://", "/", "?")):
            return urljoin(page.url, text)
        return with_parameters(page.url, {str(self.options.get("parameter", "cursor")): text})
