"""Open Data Inventory: its own assessment as JSON."""

from __future__ import annotations

from ckanext.roadmap.domain.rating import Gap
from ckanext.roadmap.presentation import odin_words as words
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.sources.odin_gaps import read_gaps

from .base import Rating, rating


@rating
class Odin(Rating):
    """Elements of coverage without data; the year stands in the file."""

    code = "ODIN"
    name = _("Open Data Inventory (ODIN)")

    def read(self, content: bytes, filename: str, *, year: int, partly: bool) -> list[Gap]:
        """The elements of coverage that a category lacks."""
        return [
            Gap(
                key=words.key(one.title, one.place, one.element),
                title=f"{one.title}: {words.ELEMENTS[one.element]}",
                year=one.year,
                mark=one.mark,
                full=1.0,
                criterion=one.criterion,
                what=one.recommended,
            )
            for one in read_gaps(content, partly=partly)
        ]

    def title(self, key: str) -> tuple[str, ...]:
        """Category and element."""
        return words.gap(key) or ()
