"""What a message is, by its outermost element."""

from __future__ import annotations

import re

from ckanext.roadmap.sources.tabular.base import unreadable

from .errors import SdmxError

DATA = (
    "StructureSpecificData", "StructureSpecificTimeSeriesData", "GenericData", "GenericTimeSeriesData",
    "Error",
)  # fmt: skip
OLD = ("CompactData", "CrossSectionalData", "UtilityData")
MESSAGE = re.compile(r"\{.*/v(\d)_(\d)/message\}(\w+)")


def check_root(tag: str, name: str, wanted: tuple[str, ...] = DATA) -> None:
    """Refuse what is no message by SDMX 2.1, or one of another kind.

    :raises SourceError: it is
    """
    found = MESSAGE.fullmatch(tag)
    if not found:
        if tag.rpartition("}")[2] in OLD:
            raise SdmxError("sdmx_version", version="SDMX 2.0")
        raise unreadable("SDMX-ML", name, tag.rpartition("}")[2][:60])
    first, second, kind = found.groups()
    if (first, second) != ("2", "1"):
        raise SdmxError("sdmx_version", version=f"SDMX {first}.{second}")
    if kind not in wanted:
        raise SdmxError("sdmx_no_data", name=name, found=kind[:60])
