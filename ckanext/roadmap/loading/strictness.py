"""How strict the gates are with one table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GateSettings:
    """Thresholds in percent of what is live; as it stands here nothing but the key and the floor is checked.

    :ivar fewer_rows: most rows that may go
    :ivar more_rows: most rows that may come; 0: as many as there are
    :ivar keys_changed: most keys that may vanish
    :ivar regions: whether every region has to stay
    :ivar two_keys: whether other columns than before need both sides, and the first ones their owner
    :ivar personal: whether columns that seem to hold personal data wait
    :ivar rehearsal: whether the first load of a table needs the ticket of a rehearsal
    """

    fewer_rows: int = 100
    more_rows: int = 0
    keys_changed: int = 100
    regions: bool = False
    two_keys: bool = False
    personal: bool = False
    rehearsal: bool = False
