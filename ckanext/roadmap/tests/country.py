"""A small country for tests: bodies, a list, and what puts them in force."""

from __future__ import annotations

import io
from typing import Any

from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk

BODIES = """name,code,title_uz,title_ru,title_en,kind,parent,region_soato
statistics-agency,1-001,Statistika agentligi,Агентство статистики,Statistics Agency,agency,,
ministry-education,1-002,Ta'lim vazirligi,Министерство образования,Ministry of Education,ministry,,
ministry-finance,1-003,Moliya vazirligi,Министерство финансов,Ministry of Finance,ministry,,
tax-committee,1-004,Soliq qo'mitasi,Налоговый комитет,Tax Committee,committee,ministry-finance,
hokimiyat-andijan,3-001,Andijon viloyati hokimligi,Хокимият Андижана,Andijan,region,,1703
"""

HEADER = (
    "code,title_uz,title_ru,title_en,sphere,place,frequency,due_rule,responsible,territorial,"
    "region_column,unchanged_allowed,columns,odin,ai,legal_basis"
)

ITEMS = f"""{HEADER}
E-01,Maktablar,Школы,Schools,education,portal,quarterly,15 days after period end,ministry-education,yes,region,yes,code;region,2,yes,list
F-01,Xaridlar,Закупки,Procurement,finance,portal,monthly,10 days after period end,all,no,,no,amount,,no,DP-6247
F-02,Soliq imtiyozlari,Льготы,Tax benefits,finance,portal,annual,by 1 March,tax-committee;ministry-finance,no,,no,,14,no,DP-6247
"""


def act(action: str, /, **data: Any) -> Any:
    """Call an action as the site itself."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    return tk.get_action(action)({"user": user["name"], "ignore_auth": True}, data)


def upload(text: str, filename: str = "list.csv") -> FileStorage:
    """A text as an uploaded file."""
    return FileStorage(io.BytesIO(text.encode()), filename=filename)


def import_bodies(text: str = BODIES, successions: str | None = None) -> dict[str, Any]:
    """Import the register."""
    data = {"upload": upload(text, "bodies.csv")}
    if successions:
        data["successions"] = upload(successions, "successions.csv")
    return act("roadmap_body_import", **data)


def import_list(text: str = ITEMS, year: int = 2023, **data: Any) -> dict[str, Any]:
    """Import a list as a draft."""
    return act("roadmap_list_import", upload=upload(text), year=year, **data)


def approve(year: int = 2023, day: str = "2023-01-20", **data: Any) -> dict[str, Any]:
    """Have the commission approve the list."""
    return act("roadmap_list_version_approve", year=year, decision_number="12", decision_date=day, **data)
