"""What is known of a data structure: the order of its dimensions, and the words of its codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from ckanext.roadmap.sources.statistics.errors import unknown

Words = Mapping[str, str]
"""A text by language."""
LANGUAGES = ("uz", "uz_Cyrl", "ru", "en")
SUFFIXES = (*LANGUAGES, "text")
MEASURE = "OBS_VALUE"


@dataclass(frozen=True, slots=True)
class Structure:
    """A data structure.

    :ivar dimensions: in the order of the key, the one of time left out
    :ivar codes: the codes of a component with their words
    :ivar measure: what the observed value is called
    """

    dimensions: tuple[str, ...] = ()
    codes: Mapping[str, Mapping[str, Words]] = field(default_factory=dict[str, Mapping[str, Words]])
    measure: str = MEASURE

    def key(self, select: Mapping[str, Sequence[str]]) -> str:
        """The key of the wanted codes, as the REST interface has it.

        :raises SourceError: there is no such dimension or code
        """
        if not select:
            return "all"
        for name, wanted in select.items():
            if name not in self.dimensions:
                raise unknown(name, "")
            known = self.codes.get(name)
            if known and (strange := next((code for code in wanted if code not in known), None)):
                raise unknown(name, strange)
        return ".".join("+".join(select.get(name, ())) for name in self.dimensions)

    def words(self, component: str, code: str, language: str) -> str | None:
        """What a code means; `text` is the first language of the portal in which it is told."""
        told = self.codes.get(component, {}).get(code, {})
        if language == "text":
            return next((told[one] for one in LANGUAGES if one in told), next(iter(told.values()), None))
        return told.get(language)


def selected(found: Mapping[str, Any]) -> dict[str, list[str]]:
    """The wanted codes as the mapping names them: one, or a list."""
    return {
        str(name): [str(one) for one in (cast("list[Any]", codes) if isinstance(codes, list) else [codes])]
        for name, codes in found.items()
    }


def wants_words(wanted: Iterable[str]) -> bool:
    """Whether one of the columns is the words of a code; those of a period need no code list."""
    return any(name.rpartition(".")[2] in SUFFIXES and "." in name for name in wanted)
