"""Actions on the ledger as a whole."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config, jobs
from ckanext.roadmap.logic.calendar import legal_calendar
from ckanext.roadmap.services import clock, country, deadlines, ledger, rebuild, suggestion_sweep
from ckanext.roadmap.services.progress import nobody_watches


def roadmap_ledger_extend(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Write the deadlines that are missing until the end of next year; told twice, it writes nothing.

    It is the daily job, so it also makes the stored results true of now, tells authors of suggestions whose
    data have appeared, and throws away what nobody confirmed in time.

    :returns: deadlines (how many were written), until (the last day on which a period may begin),
        published (numbers of the suggestions whose data have appeared)
    :rtype: dict
    """
    tk.check_access("roadmap_ledger_extend", context, data_dict)
    until = deadlines.horizon(clock.today())
    written = deadlines.extend(model.Session(), clock.now(), until, legal_calendar())
    published = suggestion_sweep.publish(model.Session(), clock.now())
    suggestion_sweep.forget(model.Session(), clock.now(), config.suggestions_valid())
    model.Session.commit()
    country.refresh(model.Session(), clock.now(), config.timezone())
    jobs.ask_for_mail()
    return {"deadlines": written, "until": until.isoformat(), "published": published}


@tk.side_effect_free
def roadmap_ledger_verify(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Check the hash chains of deadlines, notices and data events from their first row.

    It shows rows that were changed, removed or slipped in behind the database's own refusal; rows cut off
    the end of a chain are shown only by a hash noted elsewhere.

    :returns: intact (bool), tables: for each table its breaks (seq, code: content | order | missing)
    :rtype: dict
    """
    tk.check_access("roadmap_ledger_verify", context, data_dict)
    found = ledger.verify(model.Session())
    return {
        "intact": not any(found.values()),
        "tables": {
            table: [{"seq": fault.seq, "code": fault.code} for fault in faults]
            for table, faults in found.items()
        },
    }


def roadmap_ledger_rebuild(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Make all stored results of the status rule again from the ledger, and put right what differs.

    :returns: obligations, deadlines (how many were made again), differing (obligations whose stored results
        were not what the rule says)
    :rtype: dict
    """
    tk.check_access("roadmap_ledger_rebuild", context, data_dict)
    tell = context.get("progress", nobody_watches)
    found = rebuild.rebuild(model.Session(), clock.now(), config.timezone(), tell)
    model.Session.commit()
    return asdict(found)
