"""Pages by the header Link (RFC 8288)."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from .cursor import Cursor
from .paging import Page, paging

LINK = re.compile(r"<([^>]*)>\s*((?:;[^,;]*(?:\"[^\"]*\")?)*)")
NEXT = re.compile(r";\s*rel\s*=\s*\"?(?:[^\";]*\s)?next(?:\s[^\";]*)?\"?\s*(?:;|$)", re.IGNORECASE)


@paging
class LinkHeader(Cursor):
    """`Link: <…?page=2>; rel="next"`."""

    style = "link"

    def next(self, page: Page) -> str | None:
        """What the header calls next."""
        found = LINK.findall(page.headers.get("link", ""))
        return next((urljoin(page.url, url) for url, rest in found if NEXT.search(rest)), None)
