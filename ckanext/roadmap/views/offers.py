"""A form as it stands before a reader: what was entered, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.roadmap.presentation.acts import Form


@dataclass(frozen=True, slots=True)
class Offer:
    """A form offered to the reader, with what was entered and what was wrong with it."""

    form: Form
    target: str
    values: dict[str, str] = field(default_factory=dict[str, str])
    errors: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def id(self) -> str:
        """Names the form on its page."""
        return f"{self.form.name}-{self.target}"

    @property
    def other_errors(self) -> list[str]:
        """What was wrong with no field of the form."""
        names = {one.name for one in self.form.fields}
        return [text for name, texts in self.errors.items() if name not in names for text in texts]

    def sent(self) -> Offer:
        """The same form with what the reader entered."""
        entered = tk.request.form
        values = {one.name: entered.get(one.name, "").strip() for one in self.form.fields}
        return replace(self, values={**values, **self.form.given})

    def refused(self, error: tk.ValidationError) -> Offer:
        """The same form with what was wrong."""
        return replace(self, errors=error.error_dict)


def may(action: str, **about: str) -> bool:
    """Whether the reader may do something.

    :param about: what it would be done to
    """
    try:
        tk.check_access(action, {"user": tk.g.user, "auth_user_obj": tk.g.userobj}, about)
    except tk.NotAuthorized:
        return False
    return True


def only_for(action: str) -> None:
    """Refuse whoever may not do what a page is for."""
    user: Context = {"user": tk.g.user, "auth_user_obj": tk.g.userobj}
    tk.check_access(action, user, {})
