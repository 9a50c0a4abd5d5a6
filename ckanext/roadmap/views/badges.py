"""Badges, cards and the page that tells how to put them on another site."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, Response, request

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import badge_svg, labels
from ckanext.roadmap.presentation.badge_svg import Badge
from ckanext.roadmap.presentation.bodies import WORST_FIRST

from . import queries
from .answers import Answer, act, render, tells_problems

badge_pages = Blueprint("roadmap_badge", __name__, url_prefix="/compliance")
_KINDS = "<any(item, dataset):of>"
_PICTURE = {"Content-Security-Policy": "default-src 'none'", "Cross-Origin-Resource-Policy": "cross-origin"}
_FRAME = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *",
    "Referrer-Policy": "no-referrer",
}


@badge_pages.get("/badge/<key>.svg", defaults={"of": "body"})
@badge_pages.get(f"/badge/{_KINDS}/<key>.svg")
def svg(of: str, key: str) -> Answer:
    """A badge as a picture; on another's page even what is not there is a picture that says so."""
    found, status = _found_abroad(of, key)
    picture = badge_svg.content(_badge(found) if found else _nothing())
    return _cached(Response(picture, status, mimetype="image/svg+xml", headers=_PICTURE))


@badge_pages.get("/card/<key>", defaults={"of": "body"})
@badge_pages.get(f"/card/{_KINDS}/<key>")
def card(of: str, key: str) -> Answer:
    """A small page to be shown in a frame of any site: no script, nothing fetched, nobody counted."""
    found, status = _found_abroad(of, key)
    badge = _badge(found) if found else _nothing()
    page = tk.render("roadmap/card.html", extra_vars={"found": found, "badge": badge})
    answer = _cached(Response(page, status, mimetype="text/html", headers=_FRAME))
    answer.headers.pop("X-Frame-Options", None)
    return answer


@badge_pages.get("/embed/<any(body, item, dataset):of>/<key>")
@tells_problems
def embed(of: str, key: str) -> Answer:
    """How badge and card look, and what to copy."""
    found = _found(of, key)
    variables = {"found": found, "badge": _badge(found), "of": of, "key": key, **_addresses(of, key)}
    return render("embed.html", "embed.html", variables)


def _found(of: str, key: str) -> dict[str, Any]:
    return act("roadmap_badge_show", **{of: key}, as_of=queries.as_of())


def _found_abroad(of: str, key: str) -> tuple[dict[str, Any] | None, int]:
    """What is asked for, or nothing and why: a page of the portal has no place in another's frame."""
    try:
        return _found(of, key), 200
    except (queries.BadQueryError, tk.ValidationError):
        return None, 400
    except tk.ObjectNotFound:
        return None, 404
    except tk.NotAuthorized:
        return None, 403


def _nothing() -> Badge:
    label, value = _label(), tk._("nothing public here")
    told = tk._("The address of this badge leads to nothing public. Copy it again from the portal.")
    return Badge(label, value, "none", f"{label}: {value}", told, _lang())


def _label() -> str:
    label, rehearsal = tk._("Open data compliance"), tk._("Rehearsal")
    return f"{label} ({rehearsal})" if tk.h.roadmap_rehearsal() else label


def _lang() -> str:
    return tk.h.roadmap_lang().replace("_", "-")


def _badge(found: dict[str, Any]) -> Badge:
    kept, value = found["kept"], _value(found)
    title = tk.h.roadmap_text(found["title"])
    day = tk.h.roadmap_date(found["as_of"])
    description = tk._("As of {day}.").format(day=day)
    if kept and kept["of"]:
        description = tk._("Kept in {quarter}: {met} of {of} deadlines. As of {day}.").format(
            quarter=tk.h.roadmap_period(found["quarter"]), met=kept["met"], of=kept["of"], day=day
        )
    label = _label()
    return Badge(label, value, found["light"], f"{title}. {label}: {value}", description, _lang())


def _value(found: dict[str, Any]) -> str:
    """A share kept, or the worst status of a dataset."""
    if found["kept"] and found["kept"]["of"]:
        return tk._("kept {percent}").format(percent=tk.h.roadmap_percent(found["kept"]))
    worst = next((status for status in WORST_FIRST if status in found["statuses"]), None)
    return tk._(labels.STATUSES[worst] if worst else labels.LIGHTS["none"])


def _addresses(of: str, key: str) -> dict[str, str]:
    asked = {} if of == "body" else {"of": of}
    return {
        "picture": tk.url_for("roadmap_badge.svg", key=key, **asked, _external=True),
        "frame": tk.url_for("roadmap_badge.card", key=key, **asked, _external=True),
        "target": tk.url_for(_PAGES[of][0], **{_PAGES[of][1]: key}, _external=True),
    }


_PAGES = {
    "body": ("roadmap_compliance.body", "name"),
    "item": ("roadmap_compliance.item", "code"),
    "dataset": ("dataset.read", "id"),
}


def _cached(answer: Response) -> Response:
    """With the hash of what it says, so that who has it already is told so in a few bytes."""
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest()[:32])
    answer.make_conditional(request)
    return answer
