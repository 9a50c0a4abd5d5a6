"""Words for the codes that the pure rooms speak; marked here, translated where they are shown."""

from __future__ import annotations

from .marks import mark as _

STATUSES: dict[str, str] = {
    "on_time": _("On time"),
    "late_met": _("Met late"),
    "awaiting": _("Period open"),
    "due": _("Due"),
    "in_grace": _("In grace"),
    "overdue": _("Overdue"),
    "delinquent": _("Long overdue"),
    "not_published": _("Not published"),
    "contested": _("Contested"),
    "exempt": _("Exempt"),
    "unknown": _("Unknown"),
}

STATUS_MEANINGS: dict[str, str] = {
    "on_time": _("New data were public by the due date."),
    "late_met": _("New data became public after the due date; the number of days late is shown."),
    "awaiting": _("The period has not ended yet, so nothing is owed for it."),
    "due": _("The period has ended; the due date lies ahead."),
    "in_grace": _("The due date has passed; the days of grace still run."),
    "overdue": _("The days of grace have passed without new data."),
    "delinquent": _(
        "Twice the days of grace have passed without new data, or the period before was missed as well."
    ),
    "not_published": _(
        "The days of grace have passed and no dataset was ever published for this obligation."
    ),
    "contested": _("The body disputes the status beneath; the auditor has not ruled yet."),
    "exempt": _("A decision frees the body from this deadline; it counts neither for nor against."),
    "unknown": _("It cannot be measured, through no fault of the body; it is never counted as kept."),
}

STATUS_ICONS: dict[str, str] = {
    "on_time": "check",
    "late_met": "clock-rotate-left",
    "awaiting": "hourglass-start",
    "due": "calendar-day",
    "in_grace": "hourglass-half",
    "overdue": "exclamation",
    "delinquent": "triangle-exclamation",
    "not_published": "xmark",
    "contested": "scale-balanced",
    "exempt": "minus",
    "unknown": "question",
}

MARKS: dict[str, str] = {**STATUSES, "attested": _("No change, signed by an officer")}
MARK_ICONS: dict[str, str] = {**STATUS_ICONS, "attested": "signature"}

LIGHTS: dict[str, str] = {
    "green": _("Green"),
    "yellow": _("Yellow"),
    "red": _("Red"),
    "none": _("Not rated"),
}

KINDS: dict[str, str] = {
    "ministry": _("Ministry"),
    "committee": _("Committee"),
    "agency": _("Agency"),
    "inspectorate": _("Inspectorate"),
    "central_institution": _("Central institution"),
    "region": _("Regional administration"),
    "district": _("District administration"),
    "bank": _("Bank"),
    "company": _("Company"),
    "unitary_enterprise": _("Unitary enterprise"),
    "division": _("Division"),
}

SPHERES: dict[str, str] = {
    "economy": _("Economy"),
    "social": _("Employment and social sphere"),
    "agriculture": _("Agriculture"),
    "finance": _("Finance"),
    "education": _("Education"),
    "health": _("Health"),
    "territory": _("Territories"),
    "trade": _("Trade"),
    "transport": _("Transport"),
    "real_estate": _("Real estate"),
    "environment": _("Environment"),
    "ict": _("Information and communication technologies"),
    "business": _("Business"),
    "sdg": _("Sustainable Development Goals"),
    "tourism_sport": _("Tourism and sport"),
    "culture": _("Culture"),
    "offences": _("Offences"),
    "justice": _("Justice"),
    "insurance": _("Insurance"),
    "governance": _("Governance"),
}

FREQUENCIES: dict[str, str] = {
    "daily": _("Every day"),
    "weekly": _("Every week"),
    "monthly": _("Every month"),
    "quarterly": _("Every quarter"),
    "half_yearly": _("Every half-year"),
    "annual": _("Every year"),
    "continuous": _("Continuously"),
    "once": _("Once"),
}

PLACES: dict[str, str] = {
    "portal": _("Open data portal"),
    "site": _("The body's own site"),
}

COLUMN_TYPES: dict[str, str] = {
    "text": _("text"),
    "integer": _("whole number"),
    "number": _("number"),
    "date": _("date"),
    "datetime": _("date and time"),
    "boolean": _("yes or no"),
}

PERSONAL_CLASSES: dict[str, str] = {
    "none": _("No data about people"),
    "depersonalised": _("Depersonalised data"),
    "public": _("Data about people that a law makes public"),
}

DEADLINE_KINDS: dict[str, str] = {
    "period": _("Period"),
    "change": _("Change at the source"),
}
