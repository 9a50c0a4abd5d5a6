"""A folder of the portal's machine that a ministry puts its files into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .base import Source
from .sheets import Sheet
from .web import book_bomb, zip_bomb


class DropFolder(Source):
    """A file of clinics each month."""

    name, title, rows_of = "drop-clinics", ("Klinikalar papkasi", "Папка клиник"), "clinics"
    dbms = "1C"
    table = "clinics-*"

    def __init__(self, number: int, folder: Path) -> None:
        super().__init__(number)
        self.folder = folder / "drop"
        self.folder.mkdir()
        self.put(self.sheet)

    def options(self) -> dict[str, str]:
        return {"url": f"drop://{self.folder}/?settle=0.2"}

    def put(self, sheet: Sheet) -> None:
        self.give("clinics-2023-04.csv", sheet.csv())

    def give(self, name: str, content: bytes) -> None:
        """Written beside and renamed, as the documentation asks for."""
        for old in self.folder.iterdir():
            old.unlink()
        (self.folder / f"{name}.part").write_bytes(content)
        (self.folder / f"{name}.part").rename(self.folder / name)

    def faults(self) -> dict[str, tuple[Callable[[], None], str]]:
        page = b"<!doctype html><html>Kirish</html>"
        return {
            "renamed table": (lambda: self.give("klinikalar.csv", self.sheet.csv()), "file_missing"),
            "page of HTML": (lambda: self.give("clinics-2023-04.csv", page), "file_page"),
            "zip bomb": (lambda: self.give("clinics-2023-04.zip", zip_bomb(self.sheet)), "file_bomb"),
            "workbook that is a bomb": (lambda: self.give("clinics-2023-04.xlsx", book_bomb()), "file_bomb"),
            **super().faults(),
            "dropped column": (lambda: self.put(self.sheet.without("tuman")), "file_columns_missing"),
        }
