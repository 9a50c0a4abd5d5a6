"""What became of a publication that holds several files or tables, told as one (DESIGN section 4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ckanext.roadmap.domain.content import Content, Label, Verdict, together


@dataclass(frozen=True, slots=True)
class Portion:
    """One file or table of a publication: what it holds, what it held, and whether it was written anew."""

    now: Content | None
    last: Content | None
    is_written: bool = False

    @property
    def is_other(self) -> bool:
        """Whether it holds something, and something else than before."""
        if self.now is None:
            return False
        return self.last is None or self.now.content_hash != self.last.content_hash

    @property
    def is_stamped(self) -> bool:
        """Whether only the columns that tell when a row was written are other."""
        return bool(self.is_other and self.now and self.last and self.now.core_hash == self.last.core_hash)


def of_data(portions: Sequence[Portion]) -> list[Portion]:
    """Those that hold data: beside a table, a paper or a picture only explains it."""
    tables = [one for one in portions if any(held and held.rows is not None for held in (one.now, one.last))]
    return tables or list(portions)


def whole(portions: Sequence[Portion]) -> Content | None:
    """All that the publication holds, as one content; None: nothing."""
    parts = [one.now for one in portions if one.now is not None]
    return together(parts) if parts else None


def judge_whole(portions: Sequence[Portion], seen: frozenset[str], told: frozenset[str]) -> Verdict | None:
    """What became of the whole since it was looked at last; None: nothing was done to the data.

    New is what no file or table of the publication ever held; so neither a file that moves, nor one that is
    taken away, nor one that returns makes the rest new.

    :param seen: hashes, and core hashes, of all that any of its files and tables held before
    :param told: hashes of the whole that events told before
    """
    now = whole(portions)
    before = [one.last for one in portions if one.last is not None]
    last = together(before) if before else None
    if now is None or (last is not None and now.content_hash == last.content_hash):
        return _same(portions) if now is not None else None
    other = [one for one in portions if one.is_other]
    if any(not one.is_stamped and one.now and _is_new(one.now, seen) for one in other):
        return Verdict(is_changed=True, label=Label.fewer_rows if _is_fewer(now, last) else None)
    if any(not one.is_stamped for one in other):
        return Verdict(is_changed=now.content_hash in told, label=Label.flip_flop)
    if other:
        return Verdict(is_changed=False, label=Label.timestamps_only)
    return Verdict(is_changed=False, label=Label.part_removed)


def _is_new(content: Content, seen: frozenset[str]) -> bool:
    return content.content_hash not in seen and content.core_hash not in seen


def _same(portions: Sequence[Portion]) -> Verdict | None:
    is_written = any(one.is_written or one.is_other for one in portions)
    return Verdict(is_changed=False, label=Label.resaved) if is_written else None


def _is_fewer(now: Content, last: Content | None) -> bool:
    return bool(last and now.rows is not None and last.rows is not None and now.rows < last.rows)
