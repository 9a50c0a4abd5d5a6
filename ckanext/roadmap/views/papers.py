"""Official documents for download, in the language of the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.domain.script import spell
from ckanext.roadmap.presentation.documents import docx_file, pdf_file
from ckanext.roadmap.presentation.documents.blocks import Document
from ckanext.roadmap.presentation.documents.writing import Writing

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def answer(document: Document, kind: str, name: str) -> Response:
    """The document as a file of this kind."""
    if kind == "pdf":
        content = pdf_file.content(document, config.fonts_folder())
    else:
        content = docx_file.content(document)
    found = Response(content, mimetype=TYPES[kind])
    found.headers["Content-Disposition"] = f'attachment; filename="{name}-{document.lang}.{kind}"'
    return found


def writing() -> Writing:
    """How texts are written: in Uzbek papers with the official apostrophes."""
    helpers: Any = tk.h
    lang = helpers.roadmap_lang()

    def text(value: Mapping[str, object] | str) -> str:
        written = helpers.roadmap_text(value)
        return spell(written) if lang == "uz" else written

    return Writing(lang, tk._, text, lambda day: helpers.roadmap_date(day, long=True))
