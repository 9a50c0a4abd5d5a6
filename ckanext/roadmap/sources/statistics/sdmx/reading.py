"""A message of data in either form, by its first sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from ckanext.roadmap.sources.errors import SourceError

from . import csv, message
from .errors import SdmxError

PAGES = (b"<!doctype html", b"<html")


def observations(file: IO[bytes], name: str, measure: str) -> Iterator[dict[str, str]]:
    """Each observation of SDMX-ML or SDMX-CSV.

    :raises SourceError: it is neither, cut off, or says that it is not whole
    """
    file.seek(0)
    start = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    file.seek(0)
    if not start:
        raise SourceError("file_empty", "The file is empty.", "Write the columns' names in its first line.")
    if start.startswith(PAGES):
        raise SourceError(
            "file_page", f"In the place of {name} came a page for people (HTML).",
            "The address may ask for a login or show an error: open it, and give the file's own address.",
            name=name,
        )  # fmt: skip
    if start.startswith(b"{"):
        raise SdmxError("sdmx_version", version="SDMX-JSON")
    read = message if start.startswith(b"<") or b"\x00" in start else csv
    return read.observations(file, name, measure)
