"""A text that people enter, in the four written languages of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

LANGUAGES = ("uz", "uz_Cyrl", "ru", "en")
_FALLBACKS = ("ru", "en", "uz", "uz_Cyrl")
_OTHER_SCRIPT = {"uz": ("uz_Cyrl", "to_latin"), "uz_Cyrl": ("uz", "to_cyrillic")}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Uzbek (Latin and Cyrillic), Russian and English; any may be empty (DESIGN 3)."""

    uz: str = ""
    uz_Cyrl: str = ""  # noqa: N815 - the name of the language
    ru: str = ""
    en: str = ""

    def pick(self, lang: str) -> str:
        """The text in `lang`; Uzbek falls back to its other script, then all to ru, en, any."""
        return self._written(lang) or self._other_script(lang) or self._any()

    def to_dict(self) -> dict[str, str]:
        """The filled languages only, as they are stored."""
        return {lang: self._written(lang) for lang in LANGUAGES if self._written(lang)}

    @classmethod
    def from_dict(cls, values: Mapping[str, object] | None) -> Text:
        """The text stored as a mapping of language to string; unknown keys are left out."""
        found = {lang: str(value).strip() for lang, value in (values or {}).items() if value}
        return cls(**{lang: found[lang] for lang in LANGUAGES if lang in found})

    def _written(self, lang: str) -> str:
        return getattr(self, lang) if lang in LANGUAGES else ""

    def _other_script(self, lang: str) -> str:
        if lang not in _OTHER_SCRIPT:
            return ""
        source, converter = _OTHER_SCRIPT[lang]
        written = self._written(source)
        return _convert(converter, written) if written else ""

    def _any(self) -> str:
        return next((text for lang in _FALLBACKS if (text := self._written(lang))), "")


def _convert(converter: str, text: str) -> str:
    return getattr(import_module("ckanext.roadmap.domain.script"), converter)(text)


def told(values: Mapping[str, object], lang: str) -> str:
    """The text stored as a mapping, as `Text` picks it; at once where it is written in the language."""
    written = values.get(lang) if lang in LANGUAGES else None
    return (str(written).strip() if written else "") or Text.from_dict(values).pick(lang)
