"""What ministries have on the web: a file, and an interface that gives its records page by page."""

from __future__ import annotations

import gzip
import io
import json
import re
import time
import zipfile
from base64 import b64encode
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl

from ckanext.roadmap.tests.sources.http.sites import Page, Site, answer, page

from .base import SECRET, WRONG, Source
from .sheets import Sheet

SLEEP = 8
INNER = page(status=302, Location="http://169.254.169.254/latest/meta-data")
LOGIN_PAGE = page(
    "<!doctype html><html><body>Кириш · Kirish</body></html>".encode(), Content_Type="text/html"
)
NOUGHTS = 60_000_000
"""Bytes of a bomb, unpacked: a few kilobytes as sent."""


class Pages(dict[str, Page]):
    """Pages by path, whatever their parameters."""

    def get(self, key: str, default: Page | None = None) -> Page | None:
        return super().get(urlsplit(key).path, default)


def slow(handler: BaseHTTPRequestHandler) -> None:
    """Takes the question, and its time."""
    time.sleep(SLEEP)


class CsvSite(Source):
    """A file of schools behind a login."""

    name, title, rows_of = "web-schools", ("Maktablar fayli", "Файл школ"), "schools"
    dbms = "Excel"
    table = "schools.csv"

    def __init__(self, number: int, site: Site, folder: Path) -> None:
        super().__init__(number)
        self.site, self.file = site, folder / "web-schools.url"
        self.version = 0
        self.login(SECRET)
        self.put(self.sheet)

    def options(self) -> dict[str, str]:
        return {"url_file": str(self.file)}

    def login(self, password: str) -> None:
        self.file.write_text(self.site.url("/open/").replace("//", f"//portal:{password}@"))

    def put(self, sheet: Sheet) -> None:
        self.give(page(sheet.csv()))

    def give(self, content: Page) -> None:
        """Only to who has the password."""
        good = "Basic " + b64encode(f"portal:{SECRET}".encode()).decode()

        def asked(handler: BaseHTTPRequestHandler) -> None:
            if handler.headers["Authorization"] != good:
                return answer(handler, b"", 401, WWW_Authenticate='Basic realm="m"')
            return content(handler)

        self.site.pages["/open/schools.csv"] = asked

    def mend(self) -> None:
        self.login(SECRET)
        super().mend()

    def faults(self) -> dict[str, tuple[Callable[[], None], str]]:
        return {
            "wrong password": (lambda: self.login(WRONG), "source_status"),
            "renamed table": (lambda: self.give(page(status=404)), "source_status"),
            "slow source": (lambda: self.give(slow), "fetch_too_slow"),
            "page of HTML": (lambda: self.give(LOGIN_PAGE), "file_page"),
            "redirect to an inner address": (lambda: self.give(INNER), "fetch_forbidden"),
            "zip bomb": (lambda: self.give(page(zip_bomb(self.sheet))), "file_broken"),
            "packed answer that is a bomb": (lambda: self.give(packed_bomb(self.sheet)), "fetch_bomb"),
            "workbook that is a bomb": (lambda: self.give(page(book_bomb())), "file_broken"),
            **super().faults(),
            "dropped column": (lambda: self.put(self.sheet.without("tuman")), "file_columns_missing"),
        }


class Api(Source):
    """An interface of kindergartens, a hundred records at most, for who has the key."""

    name, title, rows_of = (
        "api-kindergartens",
        ("Bog‘chalar interfeysi", "Интерфейс детских садов"),
        "kindergartens",
    )
    dbms = "REST API"
    table = "v1/kindergartens"
    read = {"record": "results", "paging": {"style": "offset", "limit": 100, "total": "count"}}

    def __init__(self, number: int, site: Site, folder: Path) -> None:
        super().__init__(number)
        self.site, self.key = site, folder / "api-kindergartens.key"
        self.mend()

    def options(self) -> dict[str, str]:
        return {"url": "api+" + self.site.url("/api/"), "api_key_file": str(self.key)}

    def put(self, sheet: Sheet) -> None:
        records = sheet.records()

        def talk(handler: BaseHTTPRequestHandler) -> None:
            asked = {name: values[-1] for name, values in parse_qs(urlsplit(handler.path).query).items()}
            if handler.headers["X-API-Key"] != SECRET:
                return answer(handler, b"{}", 401)
            start = int(asked.get("offset", 0))
            some = records[start : start + min(int(asked["limit"]), 100)]
            return answer(handler, json.dumps({"count": len(records), "results": some}).encode())

        self.give(talk)

    def give(self, content: Page) -> None:
        self.site.pages["/api/v1/kindergartens"] = content

    def mend(self) -> None:
        self.key.write_text(SECRET)
        super().mend()

    def faults(self) -> dict[str, tuple[Callable[[], None], str]]:
        return {
            "wrong password": (lambda: self.key.write_text(WRONG) and None, "source_status"),
            "renamed table": (lambda: self.give(page(status=404)), "source_status"),
            "slow source": (lambda: self.give(slow), "fetch_too_slow"),
            "page of HTML": (lambda: self.give(LOGIN_PAGE), "file_page"),
            "redirect to an inner address": (lambda: self.give(INNER), "fetch_forbidden"),
            "packed answer that is a bomb": (lambda: self.give(packed_bomb(self.sheet)), "fetch_bomb"),
            **super().faults(),
            "dropped column": (lambda: self.put(self.sheet.without("tuman")), "file_columns_missing"),
        }


def zip_bomb(sheet: Sheet) -> bytes:
    """A ZIP whose table is all of one row."""
    return _zipped("schools.csv", Sheet(sheet.header, ()).csv() + b"1,2\n" * (NOUGHTS // 4))


def packed_bomb(sheet: Sheet) -> Page:
    """An answer in gzip, as servers send them."""
    body = gzip.compress(Sheet(sheet.header, ()).csv() + b"0" * NOUGHTS)
    return page(body, Content_Encoding="gzip")


def book_bomb() -> bytes:
    """A workbook whose sheet unpacks to more than a thousand times its size."""
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.save(file)
    whole = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b" " * NOUGHTS + b"</t></is></c></row>"
                content = re.sub(
                    rb"<sheetData\s*/>|<sheetData></sheetData>",
                    b"<sheetData>" + row + b"</sheetData>",
                    content,
                )
                assert len(content) > NOUGHTS
            new.writestr(name, content)
    return whole.getvalue()


def _zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()
