"""A file that a form carries along, so that its reader need not choose it again for the next step."""

from __future__ import annotations

import base64
import binascii
import io
import zlib

from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk

FIELD, NAME_FIELD = "kept", "kept_name"
MOST_CARRIED = 400_000
MOST_UNPACKED = 50_000_000


def given(field: str = "upload") -> FileStorage | None:
    """The file chosen in a field of the form, or else the one that the form carried along."""
    upload = tk.request.files.get(field)
    if upload is not None and upload.filename:
        return upload
    content, name = _fields(field)
    return _unpacked(tk.request.form.get(content, ""), tk.request.form.get(name, ""))


def carried(upload: FileStorage, field: str = "upload") -> dict[str, str]:
    """The file as hidden fields of the next form; nothing if it is too large to be carried."""
    upload.stream.seek(0)
    packed = base64.b64encode(zlib.compress(upload.stream.read(), 9)).decode("ascii")
    upload.stream.seek(0)
    content, name = _fields(field)
    return {content: packed, name: upload.filename or ""} if len(packed) <= MOST_CARRIED else {}


def _fields(field: str) -> tuple[str, str]:
    """The hidden fields that stand for a file."""
    return (FIELD, NAME_FIELD) if field == "upload" else (f"{FIELD}_{field}", f"{NAME_FIELD}_{field}")


def _unpacked(packed: str, name: str) -> FileStorage | None:
    try:
        content = zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), MOST_UNPACKED)
    except (binascii.Error, ValueError, zlib.error):
        return None
    return FileStorage(io.BytesIO(content), filename=name) if content and name else None
