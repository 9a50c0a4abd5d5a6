"""What can be chosen in the form of a mapping, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ckan.plugins.toolkit as tk

from ckanext.roadmap.domain.personal import KINDS
from ckanext.roadmap.domain.rhythm import KINDS as RHYTHMS
from ckanext.roadmap.domain.rhythm import WEEKDAYS
from ckanext.roadmap.loading.publish.formats import FORMATS
from ckanext.roadmap.presentation.mappings import FULL_TEXT, TYPES
from ckanext.roadmap.presentation.vocabulary import FAMILIES
from ckanext.roadmap.sources.mapping_file import TYPES as KNOWN_TYPES

from .answers import act

Choices = dict[str, list[tuple[str, str]]]


def choices(values: Mapping[str, str]) -> Choices:
    """Pairs of code and word, by field; what a field holds already is always among them."""
    found: Choices = {
        "body": _titled(act("roadmap_body_list"), "name"),
        "item": [(code, f"{code} {title}") for code, title in _titled(act("roadmap_item_list"), "code")],
        "dataset.frequency": _labelled("frequency"),
        "dataset.licence": list(tk.h.license_options()),
        "dataset.region": _labelled("region"),
        "full_text": [(code, tk._(word)) for code, word in FULL_TEXT.items()],
        "schedule.rhythm": _words("rhythm", RHYTHMS),
        "schedule.weekday": _words("weekday", WEEKDAYS),
        "type": [(code, f"{tk._(TYPES[code])} ({code})") for code in KNOWN_TYPES],
        "public": _words("personal", KINDS),
        "formats": [(code, code.upper()) for code in FORMATS if code != "csv"],
    }
    for name, pairs in found.items():
        value = values.get(name, "")
        if value and value not in dict(pairs):
            pairs.append((value, value))
    return found


def _titled(rows: Iterable[Mapping[str, object]], key: str) -> list[tuple[str, str]]:
    return [(str(row[key]), tk.h.roadmap_text(row["title"])) for row in rows]


def _labelled(family: str) -> list[tuple[str, str]]:
    return _words(family, FAMILIES[family])


def _words(family: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, tk.h.roadmap_label(family, code)) for code in codes]
