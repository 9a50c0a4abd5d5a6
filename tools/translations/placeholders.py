"""Compares what a translation has to keep: placeholders, tags, line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import polib

_PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%(?:\.\d+)?[sdrif]|\{[\w.:!]*\}")
_POSITIONAL = re.compile(r"%(?:\.\d+)?[sdrif]|\{\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(r"\b(?:title|alt|aria-label)=(\"[^\"]*\"|'[^']*')")


def differences(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with each translated text of an entry, in words."""
    sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    for text in filter(None, texts):
        if not any(Counter(_PLACEHOLDER.findall(text)) == Counter(_PLACEHOLDER.findall(s)) for s in sources):
            yield f"placeholders differ: {text!r}"
        elif not any(_POSITIONAL.findall(text) == _POSITIONAL.findall(source) for source in sources):
            yield f"unnamed placeholders change their order: {text!r}"
        if not any(_tags(text) == _tags(source) for source in sources):
            yield f"tags differ: {text!r}"


def _tags(text: str) -> Counter[str]:
    return Counter(_ATTRIBUTE.sub("", tag) for tag in _TAG.findall(text))
