"""Spheres of the approved list, by the names that lists give them: the portal's nineteen, and governance."""

from __future__ import annotations

from ckanext.roadmap.domain.script import fold

PORTAL: dict[str, tuple[str, ...]] = {
    "economy": ("Economy", "Iqtisodiyot", "Экономика"),
    "social": (
        "Social sphere",
        "Ijtimoiy soha",
        "Социальная сфера",
        "Employment and social sphere",
        "Employment and social",
        "Bandlik va ijtimoiy soha",
        "Занятость и социальная сфера",
        "Занятость и соцзащита",
    ),
    "agriculture": ("Agriculture", "Qishloq xo'jaligi", "Сельское хозяйство"),
    "finance": ("Finance", "Moliya", "Финансы"),
    "education": ("Education", "Ta'lim", "Образование"),
    "health": ("Health", "Sog'liqni saqlash", "Здравоохранение", "Здоровье"),
    "territory": ("Territory", "Territories", "Hudud", "Hududlar", "Территория", "Территории"),
    "trade": ("Trade", "Savdo", "Торговля"),
    "transport": ("Transport", "Транспорт"),
    "real_estate": ("Real estate", "Ko'chmas mulk", "Недвижимость"),
    "environment": ("Environment", "Ecology", "Ekologiya", "Atrof-muhit", "Экология", "Окружающая среда"),
    "ict": (
        "ICT",
        "Information and communication technologies",
        "AKT",
        "Axborot-kommunikatsiya texnologiyalari",
        "ИКТ",
        "Информационно-коммуникационные технологии",
    ),
    "business": ("Business", "Biznes", "Tadbirkorlik", "Бизнес", "Предпринимательство"),
    "sdg": (
        "SDG",
        "Sustainable Development Goals",
        "Barqaror rivojlanish maqsadlari",
        "ЦУР",
        "Цели устойчивого развития",
    ),
    "tourism_sport": ("Tourism and sport", "Turizm va sport", "Туризм и спорт"),
    "culture": ("Culture", "Madaniyat", "Культура"),
    "offences": ("Offences", "Huquqbuzarlik", "Huquqbuzarliklar", "Правонарушения"),
    "justice": ("Justice", "Adliya", "Юстиция", "Юстиция и суд"),
    "insurance": ("Insurance", "Sug'urta", "Страхование"),
}
NAMES: dict[str, tuple[str, ...]] = {
    **PORTAL,
    "governance": (
        "Governance",
        "Boshqaruv",
        "Davlat boshqaruvi",
        "Управление",
        "Государственное управление",
    ),
}
_CODES = {fold(name): code for code, names in NAMES.items() for name in (code.replace("_", " "), *names)}


def sphere_of(text: str) -> str:
    """The code of a sphere named in any language and script; a sphere nobody knows stays as written."""
    return _CODES.get(fold(text.replace("_", " ")), text)
