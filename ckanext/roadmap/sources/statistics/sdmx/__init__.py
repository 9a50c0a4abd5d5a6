"""SDMX 2.1: observations of a service or a file as records, with the words of their codes."""

from . import file, service

__all__ = ["file", "service"]
