"""Spheres of the approved list, by the names that lists give them."""

from __future__ import annotations

from ckanext.roadmap.domain.script import fold

NAMES: dict[str, tuple[str, ...]] = {
    "economy": ("Economy", "Iqtisodiyot", "Экономика"),
    "education": ("Education", "Ta'lim", "Образование"),
    "environment": ("Environment", "Ekologiya", "Atrof-muhit", "Экология", "Окружающая среда"),
    "finance": ("Finance", "Moliya", "Финансы"),
    "governance": ("Governance", "Davlat boshqaruvi", "Государственное управление"),
    "health": ("Health", "Sog'liqni saqlash", "Здравоохранение"),
    "social": ("Social sphere", "Ijtimoiy soha", "Социальная сфера"),
}
_CODES = {fold(name): code for code, names in NAMES.items() for name in names}


def sphere_of(text: str) -> str:
    """The code of a sphere named in any language and script; a sphere nobody knows stays as written."""
    return _CODES.get(fold(text), text)
