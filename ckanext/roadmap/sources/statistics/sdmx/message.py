"""Observations of an SDMX-ML 2.1 data message, one after another, however long it is.

The library reads such messages whole: 166 MB and some 10 seconds for 100,000 observations were measured,
and no end to it. So it reads the structures, and the data go by here element by element: structure-specific
and generic, by series, flat or by another dimension. No document type and no entity is taken.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from ckanext.roadmap.sources.tabular.base import unreadable

from .errors import SdmxError
from .groups import Groups
from .root import check_root
from .structure import MEASURE

SAFE: Any = importlib.import_module("defusedxml.ElementTree")
REFUSED: Any = importlib.import_module("defusedxml.common").DefusedXmlException
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
ALL, TIME = "AllDimensions", "TIME_PERIOD"
FRAME = frozenset({"action", "structureRef", "setID", "validFromDate", "validToDate", "dataScope"})
"""What some services write beside the attributes of a data set, though it is none of its components."""
CUT = ("413", "510")
"""Codes of a footer that tells of an answer that is not whole, or comes later at another place."""

Values = dict[str, str]


@dataclass(slots=True)
class _Place:
    """Where in the message the reader is."""

    above: list[str] = field(default_factory=list[str])
    across: dict[str, str] = field(default_factory=dict[str, str])
    dimension: str = TIME
    data: Values = field(default_factory=dict[str, str])
    series: Values = field(default_factory=dict[str, str])
    groups: Groups = field(default_factory=Groups)


def observations(file: IO[bytes], name: str, measure: str = MEASURE) -> Iterator[Values]:
    """Each observation: codes of its dimensions, attributes of all levels, and `OBS_VALUE` if it has a value.

    :raises SourceError: it is no data message by SDMX 2.1, is cut off, or says that it is not whole
    """
    try:
        for found in _walk(file, name):
            if measure != MEASURE and measure in found:
                found[MEASURE] = found.pop(measure)
            yield found
    except (ParseError, REFUSED, ValueError) as error:
        raise unreadable("SDMX-ML", name, type(error).__name__) from None


def _walk(file: IO[bytes], name: str) -> Iterator[Values]:
    place, elements = _Place(), list[Element]()
    for event, element in SAFE.iterparse(file, events=("start", "end"), forbid_dtd=True):
        tag = _name(element.tag)
        if event == "start":
            if not elements:
                check_root(element.tag, name)
            elements.append(element)
            place.above.append(tag)
            _begin(place, tag, element)
            continue
        elements.pop()
        place.above.pop()
        if tag == "Obs":
            yield _observation(place, element)
        else:
            _end(place, tag, element)
        if elements and not _is_needed(place.above):
            elements[-1].remove(element)


def _is_needed(above: list[str]) -> bool:
    """What lies inside a key, a group or an observation is read with it."""
    return any(one in ("Obs", "Group", "SeriesKey", "Attributes", "ErrorMessage") for one in above)


def _begin(place: _Place, tag: str, element: Element) -> None:
    inside = place.above[-2] if len(place.above) > 1 else ""
    if tag == "Structure" and inside == "Header":
        place.across[element.get("structureID", "")] = element.get("dimensionAtObservation", TIME)
    elif tag == "DataSet":
        if _any(element, "action").lower() == "delete":
            raise SdmxError("sdmx_delete")
        place.dimension = place.across.get(_any(element, "structureRef")) or next(
            iter(place.across.values()), TIME
        )
        own = {name: text for name, text in _own(place, element).items() if name not in FRAME}
        place.data, place.series, place.groups = own, {}, Groups()
    elif tag == "Series":
        place.series = _own(place, element)


def _end(place: _Place, tag: str, element: Element) -> None:
    inside = place.above[-1] if place.above else ""
    if tag == "SeriesKey" or tag == "Attributes" and inside == "Series":
        place.series |= _listed(element)
    elif tag == "Attributes" and inside == "DataSet":
        place.data |= _listed(element)
    elif tag == "Group":
        _group(place, element)
    elif tag == "Series":
        place.series = {}
    elif tag == "Message" and inside == "Footer" and (code := element.get("code", "")) in CUT:
        raise SdmxError("sdmx_cut", told=code)
    elif tag == "ErrorMessage":
        raise SdmxError("sdmx_error", told=element.get("code", "-"))
    elif tag == "DataSetAction" and (element.text or "").strip().lower() == "delete":
        raise SdmxError("sdmx_delete")


def _group(place: _Place, element: Element) -> None:
    parts = {_name(child.tag): child for child in element}
    if "GroupKey" in parts:
        told = _listed(parts["Attributes"]) if "Attributes" in parts else {}
        place.groups.add(_listed(parts["GroupKey"]), told)
    else:
        place.groups.add_mixed(_own(place, element))


def _observation(place: _Place, element: Element) -> Values:
    own = _generic(place, element) if len(element) else _specific(place, element)
    key = place.series | own
    return place.data | place.groups.of(key) | key


def _specific(place: _Place, element: Element) -> Values:
    own = _own(place, element)
    if (kind := element.get(TYPE)) and place.dimension != ALL:
        own.setdefault(place.dimension, kind.rpartition(":")[2])
    return own


def _generic(place: _Place, element: Element) -> Values:
    own: Values = {}
    for child in element:
        tag, value = _name(child.tag), child.get("value")
        if tag == "ObsDimension" and value is not None:
            own[child.get("id") or place.dimension] = value
        elif tag == "ObsValue" and value is not None:
            own[MEASURE] = value
        elif tag in ("ObsKey", "Attributes"):
            own |= _listed(child)
    return own


def _own(place: _Place, element: Element) -> Values:
    """Attributes without a namespace: in structure-specific data they are components, by their ids."""
    if place.above[0].startswith("Generic"):
        return {}
    return {name: text for name, text in element.attrib.items() if not name.startswith("{")}


def _any(element: Element, name: str) -> str:
    """An attribute in whatever namespace."""
    return next((text for key, text in element.attrib.items() if _name(key) == name), "")


def _listed(element: Element) -> Values:
    return {child.get("id", ""): child.get("value", "") for child in element}


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]
