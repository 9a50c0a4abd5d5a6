"""What can go wrong between two pages."""

from __future__ import annotations

from ckanext.roadmap.sources.errors import SourceError

WORDS = {
    "api_repeats": (
        "The interface gave the same page twice.",
        "It ignores the paging parameters that the mapping names: correct read.paging.",
    ),
    "api_elsewhere": (
        "The interface sends on to another host for its next page.",
        "Give that host a connection of its own.",
    ),
    "api_endless": ("The interface has no last page.", "Correct read.paging in the mapping."),
    "api_not_json": (
        "The interface gave something that is not JSON or XML.",
        "Check path and parameters in the mapping.",
    ),
    "api_no_records": (
        "The answer has no list of records where the mapping says.",
        "Correct read.record in the mapping.",
    ),
    "api_login": ("The login server gave no token.", "Check token_url, client_id and client_secret."),
    "api_login_incomplete": (
        "The connection's login lacks something.",
        "oauth2 needs token_url, client_id and client_secret; api_key needs api_key; token needs token.",
    ),
    "api_login_unknown": (
        "There is no such way to log in.",
        "Write fixed, api_key or oauth2 as auth of the connection, or leave it out.",
    ),
    "api_paging_unknown": (
        "There is no such style of paging.",
        "Use none, offset, page, cursor or link in read.paging.style.",
    ),
}


class ApiError(SourceError):
    """An interface that does not keep to what the mapping says of it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, *WORDS[code], **params)


class CountError(SourceError):
    """Other rows came than the interface says it has."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(
            "api_count", f"The interface says it has {expected} records; {found} came.",
            "It may have changed while it was read: it is read again at the next harvest. If it lasts, "
            "correct read.paging in the mapping.", expected=expected, found=found,
        )  # fmt: skip
