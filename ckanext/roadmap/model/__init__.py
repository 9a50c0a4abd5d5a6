"""Tables of the road map: one a file, statements only; callers run and commit them."""

from .attestation import AttestationRow
from .body import Body
from .body_revision import BodyRevisionRow
from .body_sheet import BodySheet
from .content_look import ContentLookRow
from .content_mark import ContentMark
from .country_sheet import CountrySheet
from .course import CourseRow, StandRow, TouchedRow
from .data_event import DataEventRow
from .dataset_face import DatasetFaceRow
from .day_sum import DaySum
from .deadline import DeadlineRow
from .deadline_notice import DeadlineNoticeRow
from .docket import Docket
from .docket_entry import DocketEntry
from .docket_suggestion import DocketSuggestion
from .exemption import ExemptionRow
from .exemption_revocation import ExemptionRevocationRow
from .heartbeat import HeartbeatRow
from .held_notice import HeldNotice
from .identifier import IdentifierRow
from .item import Item
from .item_change import ItemChangeRow
from .item_revision import ItemRevision
from .light import LightRow
from .list_correction import ListCorrection
from .list_version import ListVersion
from .matched_dataset import MatchedDataset
from .moved_dataset import MovedDataset
from .moved_publisher import MovedPublisher
from .moved_reading import MovedReading
from .objection import ObjectionRow
from .obligation import Obligation
from .obligation_term import ObligationTerm
from .outage import OutageRow
from .past_outlook import PastOutlook
from .publication import Publication
from .push_token import PushToken
from .rehearsal import Rehearsal
from .ruling import RulingRow
from .run_decision import RunDecisionRow
from .seal import SealRow
from .sheet import SheetRow
from .silenced_voice import SilencedVoice
from .site_check import SiteCheckRow
from .source_look import SourceLook
from .stale import StaleMark
from .succession import Succession
from .suggestion import Suggestion
from .suggestion_comment import SuggestionComment
from .suggestion_event import SuggestionEventRow
from .suggestion_notice import SuggestionNotice
from .suggestion_second import SuggestionSecond
from .system import System
from .system_answer import SystemAnswer
from .system_step import SystemStepRow
from .takedown import TakedownRow
from .takedown_step import TakedownStepRow
from .tally import StandTally, Tally, TallyTime, TouchTally

__all__ = [
    "AttestationRow",
    "Body",
    "BodyRevisionRow",
    "BodySheet",
    "CountrySheet",
    "CourseRow",
    "ContentLookRow",
    "ContentMark",
    "DataEventRow",
    "DatasetFaceRow",
    "DaySum",
    "DeadlineNoticeRow",
    "DeadlineRow",
    "Docket",
    "DocketEntry",
    "DocketSuggestion",
    "ExemptionRevocationRow",
    "ExemptionRow",
    "IdentifierRow",
    "HeartbeatRow",
    "HeldNotice",
    "OutageRow",
    "PastOutlook",
    "Item",
    "ItemChangeRow",
    "ItemRevision",
    "LightRow",
    "ListCorrection",
    "ListVersion",
    "MatchedDataset",
    "MovedDataset",
    "MovedPublisher",
    "MovedReading",
    "ObjectionRow",
    "Obligation",
    "ObligationTerm",
    "Publication",
    "PushToken",
    "Rehearsal",
    "RulingRow",
    "SheetRow",
    "RunDecisionRow",
    "SealRow",
    "SiteCheckRow",
    "SourceLook",
    "StaleMark",
    "StandRow",
    "StandTally",
    "Succession",
    "SilencedVoice",
    "Suggestion",
    "SuggestionComment",
    "SuggestionEventRow",
    "SuggestionNotice",
    "SuggestionSecond",
    "System",
    "SystemAnswer",
    "SystemStepRow",
    "TakedownRow",
    "TakedownStepRow",
    "Tally",
    "TallyTime",
    "TouchTally",
    "TouchedRow",
]
