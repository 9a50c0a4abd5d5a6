"""Tables of the road map: one a file, statements only; callers run and commit them."""

from .body import Body
from .data_event import DataEventRow
from .deadline import DeadlineRow
from .deadline_notice import DeadlineNoticeRow
from .item import Item
from .item_revision import ItemRevision
from .list_correction import ListCorrection
from .list_version import ListVersion
from .obligation import Obligation
from .obligation_term import ObligationTerm
from .publication import Publication
from .succession import Succession

__all__ = [
    "Body",
    "DataEventRow",
    "DeadlineNoticeRow",
    "DeadlineRow",
    "Item",
    "ItemRevision",
    "ListCorrection",
    "ListVersion",
    "Obligation",
    "ObligationTerm",
    "Publication",
    "Succession",
]
