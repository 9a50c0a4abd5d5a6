"""One typed reader per configuration option; nothing else reads the configuration."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.engine import make_url

import ckan.plugins.toolkit as tk

COORDINATOR = "ckanext.roadmap.coordinator_organization"
AUDITOR = "ckanext.roadmap.auditor_organization"
COMMISSION = "ckanext.roadmap.commission_organization"
TIMEZONE = "ckanext.roadmap.timezone"
HOLIDAYS = "ckanext.roadmap.holidays"
LEDGER_START = "ckanext.roadmap.ledger_start"
REHEARSAL_CLOCK = "ckanext.roadmap.rehearsal_clock"
DISTRICTS_FILE = "ckanext.roadmap.districts_file"
GREEN = "ckanext.roadmap.light.green"
YELLOW = "ckanext.roadmap.light.yellow"
CONNECTION_PREFIX = "ckanext.roadmap.connection."
LOAD_LIMITS = ("connect", "lock", "statement", "overall")
BULK_ROWS = "ckanext.roadmap.load.bulk_rows"
LOAD_MOST_BYTES = "ckanext.roadmap.load.most_bytes"
FILE_FORMATS = "ckanext.roadmap.files.formats"
VERSIONS_KEEP = "ckanext.roadmap.versions.keep"
VERSIONS_DAYS = "ckanext.roadmap.versions.days"
CHANGES_MOST = "ckanext.roadmap.changes.most"
CHANGES_DAYS = "ckanext.roadmap.changes.days"
RUNS_DAYS = "ckanext.roadmap.runs.days"
LOAD_SLOTS = "ckanext.roadmap.load.slots"
FULL_READ_DAYS = "ckanext.roadmap.load.full_read_days"
FULL_READ_LOOKS = "ckanext.roadmap.load.full_read_looks"
HELD_DAYS = "ckanext.roadmap.load.held_days"
GATES = ("fewer_rows", "more_rows", "keys_changed", "regions", "two_keys", "personal", "rehearsal")
FILES_PATH = "ckanext.roadmap.files_path"
SUGGESTIONS_PER_PERSON = "ckanext.roadmap.suggestions.per_person"
SUGGESTIONS_PER_ADDRESS = "ckanext.roadmap.suggestions.per_address"
SUGGESTIONS_CONFIRM_DAYS = "ckanext.roadmap.suggestions.confirm_days"
FONTS_PATH = "ckanext.roadmap.fonts_path"
ALLOWED_NETWORKS = "ckanext.roadmap.http.allowed_networks"
HEALTH_INTERVAL = "ckanext.roadmap.health.interval"
OBJECTION_DAYS = "ckanext.roadmap.objection_days"
WORKING_DAYS = "ckanext.roadmap.working_days"
CONTENT_PAUSE = "ckanext.roadmap.content.pause"
SITE_INTERVAL = "ckanext.roadmap.site.interval"
SITE_PAUSE = "ckanext.roadmap.site.pause"
SITE_LOST_AFTER = "ckanext.roadmap.site.lost_after"
PUSH_MOST_BYTES = "ckanext.roadmap.push.most_bytes"
PORTAL_QUESTIONS = "ckanext.roadmap.portal.questions_per_second"
PORTAL_VANISHED = "ckanext.roadmap.portal.most_vanished"
SITE_MOST_BYTES = "ckanext.roadmap.site.most_bytes"


def coordinator_organization() -> str:
    """Name of the organization whose members coordinate the road map."""
    return tk.config[COORDINATOR]


def auditor_organization() -> str:
    """Name of the organization whose members audit statuses."""
    return tk.config[AUDITOR]


def commission_organization() -> str:
    """Name of the organization whose members sit on the commission."""
    return tk.config[COMMISSION]


def timezone() -> ZoneInfo:
    """Time zone of every legal date."""
    return ZoneInfo(tk.config[TIMEZONE])


def holidays() -> frozenset[date]:
    """Public holidays beside Saturdays and Sundays."""
    return frozenset(date.fromisoformat(day) for day in tk.config[HOLIDAYS])


def working_days() -> frozenset[date]:
    """Saturdays and Sundays on which offices work."""
    return frozenset(date.fromisoformat(day) for day in tk.config[WORKING_DAYS])


def objection_days() -> int:
    """Days in which the auditor is to rule on an objection."""
    return tk.config[OBJECTION_DAYS]


def health_interval() -> timedelta:
    """The time between two looks of the portal at itself."""
    return timedelta(minutes=tk.config[HEALTH_INTERVAL])


def ledger_start() -> date | None:
    """First day for which deadlines are kept; None: the day the first list came into force."""
    value = tk.config[LEDGER_START]
    return date.fromisoformat(value) if value else None


def rehearsal_clock() -> Path | None:
    """File that holds the instant a rehearsal takes for the present time."""
    value = tk.config[REHEARSAL_CLOCK]
    return Path(value) if value else None


def districts_file() -> Path | None:
    """The operator's classifier of districts; None: of their codes the form and the region are checked."""
    value = tk.config[DISTRICTS_FILE]
    return Path(value) if value else None


def light_thresholds() -> tuple[int, int]:
    """Shares kept, in percent, from which the light is green and yellow."""
    return tk.config[GREEN], tk.config[YELLOW]


def connection_options() -> dict[str, str]:
    """Options that name connections to ministries' systems; their values are secret."""
    return {key: value for key, value in tk.config.items() if key.startswith(CONNECTION_PREFIX)}


def load_seconds() -> dict[str, int]:
    """Time limits of a load: connect, lock, statement, overall."""
    return {name: tk.config[f"ckanext.roadmap.load.{name}_timeout"] for name in LOAD_LIMITS}


def datastore_write_url() -> str:
    """The DataStore as its write role sees it."""
    return tk.config["ckan.datastore.write_url"]


def datastore_read_url() -> str:
    """The DataStore as its read-only role sees it."""
    return tk.config["ckan.datastore.read_url"]


def storage_folder() -> Path:
    """Where uploaded files lie."""
    return Path(tk.config["ckan.storage_path"])


def site_title() -> str:
    """The portal's name."""
    return tk.config["ckan.site_title"]


def site_url() -> str:
    """The portal's own address."""
    return tk.config["ckan.site_url"]


def datastore_read_role() -> str:
    """The DataStore's read-only role."""
    return make_url(tk.config["ckan.datastore.read_url"]).username or ""


def files_folder() -> Path:
    """Where the files of harvested tables lie."""
    return Path(tk.config[FILES_PATH] or Path(tk.config["ckan.storage_path"]) / "roadmap")


def bulk_rows() -> int:
    """Number of rows from which a load goes to the queue of the long ones."""
    return tk.config[BULK_ROWS]


def belief() -> tuple[timedelta, int]:
    """How long, and how often in a row, a source is believed that nothing has changed."""
    return timedelta(days=tk.config[FULL_READ_DAYS]), tk.config[FULL_READ_LOOKS]


def load_slots() -> int:
    """How many loads may work on the DataStore at once, over all workers."""
    return max(tk.config[LOAD_SLOTS], 1)


def held_kept() -> timedelta:
    """How long the rows of a held load wait for people."""
    return timedelta(days=tk.config[HELD_DAYS])


def gates() -> dict[str, Any]:
    """How strict the gates are with a table whose mapping says nothing of it."""
    return {name: tk.config[f"ckanext.roadmap.gate.{name}"] for name in GATES}


def load_most_bytes() -> int:
    """The largest source file that a load takes, as sent and unpacked."""
    return tk.config[LOAD_MOST_BYTES]


def file_formats() -> tuple[str, ...]:
    """Formats of the files of a table whose mapping names none."""
    return tuple(tk.config[FILE_FORMATS])


def versions_kept() -> tuple[int, timedelta]:
    """How many old versions of a table's files are kept, and how long every version."""
    return tk.config[VERSIONS_KEEP], timedelta(days=tk.config[VERSIONS_DAYS])


def changes_kept() -> tuple[int, timedelta]:
    """Most rows that the change log keeps of one run, and for how long."""
    return tk.config[CHANGES_MOST], timedelta(days=tk.config[CHANGES_DAYS])


def runs_kept() -> timedelta:
    """How long runs stay that no data event cites."""
    return timedelta(days=tk.config[RUNS_DAYS])


def redis_url() -> str:
    """CKAN's Redis."""
    return tk.config["ckan.redis.url"]


def suggestions_per_day() -> tuple[int, int]:
    """Most messages that one person, and one network address, may send to the box in a day."""
    return tk.config[SUGGESTIONS_PER_PERSON], tk.config[SUGGESTIONS_PER_ADDRESS]


def suggestions_valid() -> timedelta:
    """How long an address may confirm what was sent in its name."""
    return timedelta(days=tk.config[SUGGESTIONS_CONFIRM_DAYS])


def secret_key() -> str:
    """What the portal signs with."""
    return tk.config["SECRET_KEY"]


def site_id() -> str:
    """What keeps portals on one Redis apart."""
    return tk.config["ckan.site_id"]


def default_language() -> str:
    """The language that the portal speaks of itself."""
    return tk.config["ckan.locale_default"]


def fonts_folder() -> Path:
    """Where the typefaces of PDF papers lie."""
    return Path(tk.config[FONTS_PATH])


def allowed_networks() -> list[str]:
    """Inner networks that the portal may fetch from."""
    return tk.config[ALLOWED_NETWORKS]


def content_pause() -> timedelta:
    """How long data are left in peace after a write before they are measured."""
    return timedelta(seconds=tk.config[CONTENT_PAUSE])


def site_pace() -> tuple[timedelta, int, timedelta]:
    """How often a link is looked at, the seconds between two questions to a host, when data are lost."""
    lost_after = timedelta(days=max(tk.config[SITE_LOST_AFTER], 7))
    return timedelta(hours=tk.config[SITE_INTERVAL]), tk.config[SITE_PAUSE], lost_after


def site_most_bytes() -> int:
    """The largest file that is fetched from another site."""
    return tk.config[SITE_MOST_BYTES]


def user_agent() -> str:
    """How the portal names itself to other sites whose links it checks."""
    return f"ckanext-roadmap ({_own_address()}; checks links to open data)"


def reader_agent() -> str:
    """How the portal names itself to the sources that it reads."""
    return f"ckanext-roadmap ({_own_address()}; reads data that its owner publishes)"


def _own_address() -> str:
    """By what others can find the portal."""
    return tk.config["ckan.site_url"] or tk.config["ckan.site_id"]


def push_most_bytes() -> int:
    """The greatest reading that an agent may push, unpacked."""
    return tk.config[PUSH_MOST_BYTES]


def portal_pause() -> float:
    """Seconds between two questions to the host of another portal."""
    return 1 / max(tk.config[PORTAL_QUESTIONS], 1)


def portal_most_vanished() -> int:
    """Most datasets, in percent, that one reading of a catalogue may mark as vanished."""
    return tk.config[PORTAL_VANISHED]
