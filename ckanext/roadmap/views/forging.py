"""What somebody logged in sends was sent from a form of ours, and from no other site's."""

from __future__ import annotations

from flask import Flask, current_app
from flask_wtf.csrf import CSRFError

import ckan.plugins.toolkit as tk


def guard(app: Flask) -> None:
    """Ask for the token of every form that is sent to a page of ours by somebody logged in.

    CKAN asks too, but leaves a view out for as long as its process lives, once an anonymous reader or a
    program with a token has opened it; and most of our pages are public.
    """
    app.before_request(_check)


def _check() -> None:
    is_ours = (tk.request.endpoint or "").startswith("roadmap_")
    by_session = tk.current_user.is_authenticated and not tk.g.get("login_via_auth_header")
    if is_ours and by_session and current_app.config["WTF_CSRF_ENABLED"]:
        try:
            current_app.extensions["csrf"].protect()
        except CSRFError:
            tk.abort(400, tk._("This form was not sent from its own page as it stands. Nothing was written."))
