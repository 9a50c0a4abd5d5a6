"""Brings the scripts that draw charts, pinned and checked, into the extension's assets."""

from __future__ import annotations

import hashlib
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stack.commands import run
from stack.errors import StackError
from stack.java import require
from stack.progress import say
from stack.settings import ROOT

FOLDER = ROOT / "ckanext/roadmap/assets/vendor"


@dataclass(frozen=True)
class Script:
    """One script of an npm package, with the SHA-256 of its bytes."""

    package: str
    version: str
    file: str
    sha256: str

    @property
    def path(self) -> Path:
        """Where it lies in the extension."""
        return FOLDER / Path(self.file).name


SCRIPTS = (
    Script(
        "vega",
        "5.33.0",
        "build/vega.min.js",
        "a71f14828abacac82fbe8adb07ce65cbb82561d8eef188053c4a1c09e0164dcb",
    ),
    Script(
        "vega-lite",
        "5.21.0",
        "build/vega-lite.min.js",
        "cd32314b1e76e7d879dc9f0534b62be714df03554486c7ca2381abfd0a92d2f4",
    ),
    Script(
        "vega-embed",
        "6.29.0",
        "build/vega-embed.min.js",
        "12d02acfbe3ec59ef9a37dd4822a2e04e2961b5bbb671bbe661d2221715b99da",
    ),
)


def bring() -> None:
    """Fetch the packages and write script and licence of each; bytes that differ from the pin are refused."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for script in SCRIPTS:
            _bring(script, Path(folder))
            say(f"{script.package} {script.version}: {script.path.stat().st_size // 1024} KiB")


def _bring(script: Script, folder: Path) -> None:
    name = run(
        [require("npm", "npm"), "pack", "--silent", f"{script.package}@{script.version}"], folder=folder
    )
    with tarfile.open(folder / name.strip().splitlines()[-1]) as archive:
        content = _read(archive, f"package/{script.file}")
        licence = _read(archive, "package/LICENSE")
    found = hashlib.sha256(content).hexdigest()
    if found != script.sha256:
        remedy = f"If {script.version} is the version you want, write this hash into stack/assets.py: {found}"
        raise StackError(f"{script.file} of {script.package} is not the file that was pinned.", remedy)
    script.path.write_bytes(content)
    (FOLDER / f"{script.package}.LICENSE.txt").write_bytes(licence)


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(name)
    if member is None:
        raise StackError(f"The archive has no {name}.", "See where the new version keeps it.")
    return member.read()
