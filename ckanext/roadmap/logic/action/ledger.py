"""Actions on the ledger as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config, result_jobs, suggestion_jobs
from ckanext.roadmap.domain.chain import Break
from ckanext.roadmap.logic import country_repairs, matching, past_days
from ckanext.roadmap.logic.action.body_import import follow
from ckanext.roadmap.logic.action.compliance import figures
from ckanext.roadmap.logic.dictize import instant
from ckanext.roadmap.logic.schema import ledger as schema
from ckanext.roadmap.model import SealRow
from ckanext.roadmap.services import (
    calendar_changes,
    clock,
    country,
    deadlines,
    health,
    ledger,
    lights,
    rebuild,
    seals,
    sheets,
    suggestion_sweep,
)
from ckanext.roadmap.services.legal_calendar import legal_calendar
from ckanext.roadmap.services.progress import nobody_watches


def roadmap_ledger_extend(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Write the deadlines that are missing until the end of next year; told twice, it writes nothing.

    Where the table of holidays was changed, deadlines in working days that lie ahead are moved by notices;
    where the thresholds of the light were, those of the configuration hold from now on.
    It is the daily job, so it also lets obligations follow successions whose day has come, makes the stored
    results true of now, has the past days that lack kept and the pages of bodies made ready, tells authors of
    suggestions whose data have appeared, throws away what nobody confirmed in time, has the matcher look
    for what may answer obligations that began, and seals what the rule reads beside the ledger.

    :returns: deadlines (how many were written), moved (how many got another day by the table of holidays),
        until (the last day on which a period may begin), published (numbers of the suggestions whose data
        have appeared), successions (counts of obligations passed, ended, begun, and of datasets moved)
    :rtype: dict
    """
    tk.check_access("roadmap_ledger_extend", context, data_dict)
    settled = follow(context)
    until = deadlines.horizon(clock.today())
    calendar = legal_calendar()
    written = deadlines.extend(model.Session(), clock.now(), until, calendar)
    moved = calendar_changes.follow(model.Session(), clock.now(), calendar)
    health.settle(model.Session(), config.health_interval(), clock.now())
    lights.record(model.Session(), clock.now(), config.light_thresholds())
    seals.record(model.Session(), clock.now())
    published = suggestion_sweep.publish(model.Session(), clock.now())
    suggestion_sweep.forget(model.Session(), clock.now(), config.suggestions_valid())
    matching.ask_after_commit()
    result_jobs.ask_after_commit()
    model.Session.commit()
    country.refresh(model.Session(), clock.now(), config.timezone())
    suggestion_jobs.ask_for_mail()
    if past_days.missing():
        result_jobs.ask_for_days()
    for at in country_repairs.unfinished(model.Session())[:1]:
        result_jobs.ask_for_repairs(at)
    if len(sheets.outlooks(model.Session(), clock.now())[1]) > country_repairs.MOST_MISSING:
        result_jobs.ask_for_sheets()
    return {
        "deadlines": written,
        "moved": moved,
        "until": until.isoformat(),
        "published": published,
        "successions": settled,
    }


@tk.side_effect_free
def roadmap_ledger_head(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The newest row of each table of the ledger: who notes it elsewhere can show later what was cut off.

    :returns: as_of, heads (table, seq, hash, recorded_at), digest (SHA-256 over all: one line to note)
    :rtype: dict
    """
    tk.check_access("roadmap_ledger_head", context, data_dict)
    found = ledger.heads(model.Session())
    lines = "\n".join(f"{head.table} {head.seq} {head.hash}" for head in found)
    return {
        "as_of": clock.now().isoformat(),
        "heads": [
            {
                "table": head.table,
                "seq": head.seq,
                "hash": head.hash,
                "recorded_at": instant(head.recorded_at),
            }
            for head in found
        ],
        "digest": hashlib.sha256(lines.encode()).hexdigest(),
    }


@tk.side_effect_free
@tk.validate_action_data(schema.ledger_verify)
def roadmap_ledger_verify(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Check the hash chains of all tables of the ledger from their first row.

    It shows rows that were changed, removed or slipped in behind the database's own refusal. Rows cut off the
    end of a chain are shown by heads that were noted elsewhere. What the rule reads beside the ledger
    (approved lists, obligations, confirmed links) is held against its seals.

    :param noted: heads as roadmap_ledger_head gave them earlier, or its whole answer (optional)
    :type noted: list of dicts
    :returns: intact (bool), tables: for each table its breaks (seq, code: content | order | missing; by a
        noted head also cut | rewritten; at 0 unguarded: the database no longer refuses to edit the table; of
        roadmap_seal also altered | removed | slipped_in, with what)
    :rtype: dict
    """
    tk.check_access("roadmap_ledger_verify", context, data_dict)
    found, noted = ledger.verify(model.Session()), data_dict.get("noted") or []
    found[SealRow.__tablename__] += seals.breaks(model.Session())
    heads = [ledger.Head(head["table"], head["seq"], head["hash"], None) for head in noted]
    for table, breaks in ledger.lost(model.Session(), heads).items():
        found[table] += breaks
    return {
        "intact": not any(found.values()),
        "tables": {table: [_told(fault) for fault in faults] for table, faults in found.items()},
    }


def _told(fault: Break) -> dict[str, Any]:
    told = {"seq": fault.seq, "code": fault.code}
    return {**told, "what": fault.what} if fault.what else told


@tk.validate_action_data(schema.ledger_rebuild)
def roadmap_ledger_rebuild(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Make all stored results of the status rule again from the ledger, and put right what differs.

    With a day of either end it keeps instead what the country's page told at the end of each past day, so
    that it answers at once. Each month is committed by itself; told again, it goes on with those that lack.

    :param days_from: the first day to be kept (optional)
    :type days_from: string
    :param days_to: the last one (optional; those that have just ended are kept some hours later)
    :type days_to: string
    :param months: at most so many months of days, the newest first (optional)
    :type months: int
    :param repairs_at: count and keep instead which repairs would have raised the shares most at this past
        day's end or instant (optional)
    :type repairs_at: string
    :param seconds: with it: stop after about so many seconds; told again, it goes on (optional)
    :type seconds: int
    :returns: obligations, deadlines (how many were made again), differing (obligations whose stored results
        were not what the rule says); with days: days (how many were kept); with repairs_at: repairs (of how
        many obligations, 0 where they are kept already) and left (how many lack)
    :rtype: dict
    """
    tk.check_access("roadmap_ledger_rebuild", context, data_dict)
    tell = context.get("progress", nobody_watches)
    if at := data_dict.get("repairs_at"):
        done, left = country_repairs.keep(at, tell, data_dict.get("seconds"))
        return {"repairs": done, "left": left}
    first, last = data_dict.get("days_from"), data_dict.get("days_to")
    if first or last:
        return {"days": past_days.keep(first, last, figures, data_dict.get("months"), tell)}
    found = rebuild.rebuild(model.Session(), clock.now(), config.timezone(), tell)
    model.Session.commit()
    return asdict(found)
