"""Actions on the ledger as a whole."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config, jobs
from ckanext.roadmap.logic.action.body_import import follow
from ckanext.roadmap.logic.calendar import legal_calendar
from ckanext.roadmap.services import clock, deadlines, ledger, suggestion_sweep


def roadmap_ledger_extend(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Write the deadlines that are missing until the end of next year; told twice, it writes nothing.

    It is the daily job, so it also lets obligations follow successions whose day has come, tells authors of
    suggestions whose data have appeared, and throws away what nobody confirmed in time.

    :returns: deadlines (how many were written), until (the last day on which a period may begin),
        published (numbers of the suggestions whose data have appeared), successions (counts of obligations
        passed, ended, begun, and of datasets moved)
    :rtype: dict
    """
    tk.check_access("roadmap_ledger_extend", context, data_dict)
    settled = follow(context)
    until = deadlines.horizon(clock.today())
    written = deadlines.extend(model.Session(), clock.now(), until, legal_calendar())
    published = suggestion_sweep.publish(model.Session(), clock.now())
    suggestion_sweep.forget(model.Session(), clock.now(), config.suggestions_valid())
    model.Session.commit()
    jobs.ask_for_mail()
    return {"deadlines": written, "until": until.isoformat(), "published": published, "successions": settled}


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
