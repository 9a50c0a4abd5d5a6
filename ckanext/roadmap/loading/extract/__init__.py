"""Reading sources: each kind is a class in a file of its own."""

from . import api, catalogue, csv_file, database, files, kept, parcel, postgres, statistics
from .base import Extract, Extractor, Probe, ReadBefore, ReadSince, extractor, extractor_for, kind_of
from .errors import AgainError, ExtractError
from .types import datastore_type

__all__ = [
    "AgainError",
    "Extract",
    "ExtractError",
    "Extractor",
    "Probe",
    "ReadBefore",
    "ReadSince",
    "api",
    "catalogue",
    "csv_file",
    "database",
    "datastore_type",
    "extractor",
    "extractor_for",
    "files",
    "kept",
    "kind_of",
    "parcel",
    "postgres",
    "statistics",
]
