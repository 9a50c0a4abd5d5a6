"""The page on which a file of things that have names is imported."""

from __future__ import annotations

from collections.abc import Callable

import ckan.plugins.toolkit as tk

from .answers import Answer, act
from .offers import Offer, only_for


def imported(offer: Offer, page: Callable[[Offer], str], then: str) -> Answer:
    """The form of a file; a good file is imported and leads on, a bad one is told on the form.

    :param page: shows the form
    :param then: name of the route that shows what was imported
    """
    only_for(offer.form.action)
    if tk.request.method == "GET":
        return page(offer)
    upload = tk.request.files.get("upload")
    if upload is None or not upload.filename:
        return page(offer.refused(tk.ValidationError({"upload": [tk._("Choose a file.")]}))), 400
    try:
        done = act(offer.form.action, upload=upload)
    except tk.ValidationError as error:
        return page(offer.refused(error)), 400
    tk.h.flash_success(tk._("New: {created}, changed: {updated}, unchanged: {unchanged}.").format(**done))
    return tk.redirect_to(then)
