"""Reading sources: each kind is a class in a file of its own, loaded when a source of it is read."""

from .base import (
    KINDS,
    Extract,
    Extractor,
    Probe,
    ReadBefore,
    ReadSince,
    extractor,
    extractor_for,
    is_web,
    kind_of,
    load_all,
)
from .errors import AgainError, ExtractError
from .types import datastore_type

KINDS.extend(
    ["parcel", "postgres", "database", "kept", "csv_file", "files", "api", "statistics", "catalogue"]
)

__all__ = [
    "AgainError",
    "Extract",
    "ExtractError",
    "Extractor",
    "Probe",
    "ReadBefore",
    "ReadSince",
    "datastore_type",
    "extractor",
    "extractor_for",
    "is_web",
    "kind_of",
    "load_all",
]
