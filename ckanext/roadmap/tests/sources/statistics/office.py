"""A small statistics office: its structures and data written by the library, and a service that speaks SDMX 2.1 REST."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from itertools import product
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import sdmx
from sdmx.message import DataMessage, Header, StructureMessage
from sdmx.model import v21 as m

from ckanext.roadmap.tests.sources.http.sites import answer

REGIONS = {
    "UZ1703": {"uz": "Andijon", "uz-Cyrl": "Андижон", "ru": "Андижан", "en": "Andijan"},
    "UZ1706": {"uz": "Buxoro", "uz-Cyrl": "Бухоро", "ru": "Бухара", "en": "Bukhara"},
    "UZ1726": {"uz": "Toshkent sh.", "ru": "г. Ташкент"},
}
SEXES = {"F": {"uz": "Ayol", "ru": "Женщины"}, "M": {"uz": "Erkak", "ru": "Мужчины"}}
FREQUENCIES = {"A": {"en": "Annual"}, "Q": {"en": "Quarterly"}}
STATUSES = {"A": {"uz": "Odatdagi", "ru": "Обычное"}, "P": {"uz": "Dastlabki", "ru": "Предварительное"}}
PERIODS = ("2022", "2023", "2024")
AGENCY = m.Agency(id="UZSTAT")
FLOW = "UZSTAT,BIRTHS,1.0"


def cell(region: str, sex: str, period: str) -> str | None:
    """None: it was not observed."""
    if (region, period) == ("UZ1726", "2024"):
        return None
    return f"{int(region[2:]) * 10 + (sex == 'F')}.{period[2:]}50"


WHOLE = {key: cell(*key) for key in product(REGIONS, SEXES, PERIODS)}


def code_list(name: str, codes: Mapping[str, Mapping[str, str]]) -> Any:
    found = m.Codelist(id=name, maintainer=AGENCY, version="1.0", name={"en": name})
    for code, words in codes.items():
        found.append(m.Code(id=code, name=dict(words)))
    return found


@cache
def definition() -> Any:
    """FREQ.REF_AREA.SEX by time, with a unit for each series and a status for each observation."""
    concepts = m.ConceptScheme(id="CONCEPTS", maintainer=AGENCY, version="1.0")
    lists = {
        "FREQ": code_list("CL_FREQ", FREQUENCIES),
        "REF_AREA": code_list("CL_AREA", REGIONS),
        "SEX": code_list("CL_SEX", SEXES),
        "OBS_STATUS": code_list("CL_OBS_STATUS", STATUSES),
    }
    for name in (*lists, "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "TITLE"):
        concepts.append(m.Concept(id=name))
    made = m.DataStructureDefinition(id="DSD_BIRTHS", maintainer=AGENCY, version="1.0", name={"en": "Births"})

    def part(kind: Any, name: str, **more: Any) -> Any:
        told = m.Representation(enumerated=lists[name]) if name in lists else None
        return kind(id=name, concept_identity=concepts[name], local_representation=told, **more)

    for order, name in enumerate(("FREQ", "REF_AREA", "SEX"), 1):
        made.dimensions.append(part(m.Dimension, name, order=order))
    made.dimensions.append(part(m.TimeDimension, "TIME_PERIOD", order=4))
    made.measures.append(part(m.PrimaryMeasure, "OBS_VALUE"))
    series = m.DimensionRelationship(dimensions=list(made.dimensions)[:3])
    made.attributes.append(part(m.DataAttribute, "UNIT_MEASURE", related_to=series))
    made.attributes.append(part(m.DataAttribute, "TITLE", related_to=series))
    made.attributes.append(part(m.DataAttribute, "OBS_STATUS", related_to=m.PrimaryMeasureRelationship()))
    return made


@cache
def structures() -> bytes:
    """The dataflow with all that it refers to."""
    made = definition()
    flow = m.DataflowDefinition(id="BIRTHS", maintainer=AGENCY, version="1.0", structure=made)
    message = StructureMessage(header=Header(id="s", sender=AGENCY))
    message.dataflow["BIRTHS"], message.structure["DSD_BIRTHS"] = flow, made
    for one in (*made.dimensions, *made.attributes):
        message.concept_scheme["CONCEPTS"] = one.concept_identity.parent
        if one.local_representation and one.local_representation.enumerated is not None:
            found = one.local_representation.enumerated
            message.codelist[found.id] = found
    return sdmx.to_xml(message, pretty_print=True)


def data(cells: Mapping[tuple[str, str, str], str | None], specific: bool) -> bytes:
    """A message with these observations."""
    made = definition()
    kinds = (m.StructureSpecificDataSet, m.GenericDataSet)
    found = kinds[not specific](structured_by=made)
    rows: dict[tuple[str, str], list[Any]] = {}
    for (region, sex, period), value in cells.items():
        status = m.AttributeValue(
            value="P" if period == PERIODS[-1] else "A", value_for=made.attributes.get("OBS_STATUS")
        )
        rows.setdefault((region, sex), []).append(
            m.Observation(
                dimension=made.make_key(m.Key, {"TIME_PERIOD": period}), value="NaN" if value is None else value,
                value_for=made.measures[0], attached_attribute={"OBS_STATUS": status},
            )
        )  # fmt: skip
    for (region, sex), observations in rows.items():
        key = made.make_key(m.SeriesKey, {"FREQ": "A", "REF_AREA": region, "SEX": sex})
        unit = m.AttributeValue(value="PS", value_for=made.attributes.get("UNIT_MEASURE"))
        key.attrib["UNIT_MEASURE"] = unit
        found.add_obs(observations, key)
    message = DataMessage(
        data=[found], dataflow=m.DataflowDefinition(id="BIRTHS", structure=made),
        header=Header(id="d", sender=AGENCY), observation_dimension=made.dimensions.get("TIME_PERIOD"),
    )  # fmt: skip
    written = sdmx.to_xml(message, pretty_print=True)
    root = b"GenericData" if not specific else b"StructureSpecificData"  # the library has one root for both
    return written.replace(b"mes:StructureSpecificData", b"mes:" + root)


def lines(cells: Mapping[tuple[str, str, str], str | None]) -> bytes:
    """SDMX-CSV 1.0."""
    text = "DATAFLOW,FREQ,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE\r\n"
    for (region, sex, period), value in cells.items():
        status = "P" if period == PERIODS[-1] else "A"
        text += f"UZSTAT:BIRTHS(1.0),A,{region},{sex},{period},{value or ''},{status},PS\r\n"
    return text.encode()


@dataclass
class Office:
    """The service.

    :ivar most: how many observations it gives at once
    :ivar forms: the media types that it has
    """

    most: int = 1000
    forms: tuple[str, ...] = ("structurespecificdata", "genericdata", "data+csv")
    keys: list[str] = field(default_factory=list)
    broken: int = 0

    def talk(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        steps = [unquote(one) for one in parts.path.strip("/").split("/")][1:]
        accept = handler.headers.get("Accept", "")
        if steps[0] == "dataflow":
            known = steps[1] in ("UZSTAT", "all") and steps[2] == "BIRTHS" and "sdmx.structure+xml" in accept
            return answer(
                handler, structures(), 200 if known and asked["references"] == "descendants" else 404
            )
        if steps[0] != "data" or steps[1] not in (FLOW, "BIRTHS"):
            return answer(handler, b"", 404)
        form = next(
            (one for one in accept.split(",") if any(f"sdmx.{kind}" in one for kind in self.forms)), ""
        )
        if not form:
            return answer(handler, b"", 406)
        return self._data(handler, steps[2], asked, form)

    def _data(self, handler: BaseHTTPRequestHandler, key: str, asked: dict[str, str], form: str) -> None:
        self.keys.append(key)
        found = dict(self._found(key, asked.get("startPeriod", "")))
        if not found:
            return answer(handler, b"", 404)
        if len(found) > self.most:
            return answer(handler, b"", 413)
        body = lines(found) if "csv" in form else data(found, "structurespecific" in form)
        return answer(handler, body[: len(body) - self.broken], Content_Type=form.strip())

    def _found(self, key: str, start: str) -> Iterator[tuple[tuple[str, str, str], str | None]]:
        wanted = [set(filter(None, one.split("+"))) for one in ("..." if key == "all" else key).split(".")]
        for (region, sex, period), value in WHOLE.items():
            fits = all(
                not some or code in some for some, code in zip(wanted, ("A", region, sex), strict=False)
            )
            if fits and period >= start:
                yield (region, sex, period), value
