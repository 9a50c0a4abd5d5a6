"""Records in XML: elements of one name beside each other are a table, whatever the white space."""

from __future__ import annotations

import importlib
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from ckanext.roadmap.domain.content import Content

from .records import document_content

MOST_BYTES = 64 * 2**20
_SAFE: Any = importlib.import_module("defusedxml.ElementTree")
_REFUSED: Any = importlib.import_module("defusedxml.common").DefusedXmlException


def xml_content(content: bytes, asked: frozenset[str]) -> Content:
    """The content of an XML document.

    :raises ValueError: it is none, has a document type, or is too large
    """
    return document_content(xml_value(content), asked)


def xml_value(content: bytes) -> dict[str, Any]:
    """A document as JSON would hold it: attributes and elements by name, several of one name as a list.

    :raises ValueError: it is none, has a document type, or is too large
    """
    if len(content) > MOST_BYTES:
        raise ValueError
    try:
        root: Element = _SAFE.fromstring(content, forbid_dtd=True)
    except (ParseError, _REFUSED, LookupError) as error:
        raise ValueError from error
    return {_name(root.tag): _value(root)}


def _value(element: Element) -> Any:
    text = (element.text or "").strip()
    if not len(element) and not element.attrib:
        return text or None
    found: dict[str, Any] = {_name(name): value for name, value in element.attrib.items()}
    several: dict[str, list[Any]] = {}
    for child in element:
        several.setdefault(_name(child.tag), []).append(_value(child))
    for name, values in several.items():
        found[name] = values if len(values) > 1 else values[0]
    return {**found, "": text} if text else found


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2]
