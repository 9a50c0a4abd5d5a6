"""Runs: why a load stopped, or waits for a person."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem
from .source_apis import SOURCE_APIS
from .source_files import SOURCE_FILES
from .source_statistics import SOURCE_STATISTICS

_MEND_OR_KEY = _("Mend the rows at the source, or name another key in the mapping.")

_SOURCE: dict[str, Problem] = {
    "connection_unknown": Problem(
        _('There is no connection named "{name}".'),
        _("Set ckanext.roadmap.connection.{name}.url (or .url_file) in the portal's configuration."),
    ),
    "districts_unreadable": Problem(
        _("The classifier of districts, {file}, cannot be read."),
        _(
            "ckanext.roadmap.districts_file names a CSV file with the codes of districts in one of its "
            "columns."
        ),
    ),
    "secret_file": Problem(
        _('The secret file of the connection "{name}" cannot be read.'),
        _("Check that it exists and that the portal's user may read it."),
    ),
    "url_invalid": Problem(
        _("The connection's URL is not one of a database that can be read."),
        _(
            "Write it as KIND://USER:PASSWORD@HOST:PORT/DATABASE in the portal's configuration; "
            "KIND is one of {kinds}."
        ),
    ),
    "driver_missing": Problem(
        _("The driver {driver} of this kind of database is not installed."),
        _("Install the extension with the extra of that database."),
    ),
    "parcel_malformed": Problem(_("The parcel's {field} cannot be taken."), _("Send it with roadmap-agent.")),
    "parcel_unpack": Problem(
        _("A piece of the parcel cannot be unpacked."), _("Send it with roadmap-agent.")
    ),
    "parcel_piece": Problem(
        _("The parcel has no piece {number} of that size."), _("Begin the parcel again; what came is kept.")
    ),
    "parcel_hash": Problem(_("Piece {number} arrived changed."), _("Send it again.")),
    "parcel_incomplete": Problem(
        _("Pieces of the parcel are missing: {count}."), _("Begin the parcel again; what came is kept.")
    ),
    "parcel_content": Problem(
        _("The pieces together are not what the parcel says of itself."),
        _("Read the source and send it again."),
    ),
    "parcel_none": Problem(
        _("No such parcel is under way."), _("Begin it; what came already is not sent again.")
    ),
    "parcel_big": Problem(
        _("The parcel is bigger than {most} bytes."),
        _("Push a smaller view, or raise ckanext.roadmap.push.most_bytes."),
    ),
    "parcel_awaited": Problem(
        _("Nothing has been pushed for this mapping yet."), _("Run roadmap-agent at the source.")
    ),
    "parcel_columns": Problem(
        _("The agent pushed the columns {pushed}; the mapping has {columns}."),
        _("Give the agent the present mapping."),
    ),
    "push_closed": Problem(
        _("The connection {connection} is not open to agents."),
        _("The operator writes push: as its address in the portal's configuration."),
    ),
    "push_fault_unknown": Problem(
        _("Sources have no fault with the code {fault}."), _("Take the agent of this portal's version.")
    ),
    "push_fault_value": Problem(
        _("The fault {fault} lacks values: {names}."), _("Take the agent of this portal's version.")
    ),
    "source_unknown": Problem(
        _("There is no way to read a source of the kind {kind}."), _("Known kinds: {known}.")
    ),
    "window_closed": Problem(
        _("The source may only be read at {window}."), _("It is read when the window opens.")
    ),
    "check_unknown": Problem(
        _("Sources of the kind {kind} cannot be checked beforehand."),
        _("Load the mapping with --dry-run instead."),
    ),
    "table_missing": Problem(
        _("The source has no table or view {schema}.{table}."),
        _("Check the names in the mapping (capitals count), or grant the account USAGE and SELECT."),
    ),
    "columns_missing": Problem(
        _("{schema}.{table} lacks columns: {columns}."),
        _("Restore them at the source, or correct the mapping; the data published before stay as they are."),
    ),
    "login_refused": Problem(
        _("The source refused the account."),
        _(
            "Check user and password of the connection, and whether the source lets the portal's address in "
            "(PostgreSQL: pg_hba.conf)."
        ),
    ),
    "database_missing": Problem(
        _("The source has no such database."), _("Check the connection's database name.")
    ),
    "not_permitted": Problem(
        _("The account may not read this table."),
        _(
            "Grant it SELECT on the table or view; in PostgreSQL also USAGE on the schema, "
            "in MySQL and MariaDB SHOW VIEW on a view."
        ),
    ),
    "timeout": Problem(
        _("The source did not answer within the time limit."),
        _("Raise ckanext.roadmap.load.statement_timeout, or load a smaller view."),
    ),
    "look_slow": Problem(
        _("The source did not answer within the {seconds} seconds that a page waits."),
        _("Look in the background: the page has a button for it."),
    ),
    "writes": Problem(_("Reading this view would write at the source."), _("Name a view that only reads.")),
    "locked": Problem(
        _("The source table is locked by another transaction."), _("Try again when it is free.")
    ),
    "unreachable": Problem(
        _("The source cannot be read."), _("Check that it runs and can be reached from the portal.")
    ),
}
_FILE: dict[str, Problem] = {
    "file_unreadable": Problem(
        _("The file {name} cannot be read ({detail})."),
        _("Check that it exists and that the portal's user may read it."),
    ),
    "file_outside": Problem(
        _("The file {name} lies outside the connection's folder."), _("Name a file inside the folder.")
    ),
    "file_changed": Problem(
        _("The file {name} changed while it was read."), _("Write it beside and rename it.")
    ),
    "file_encoding": Problem(_("The file is no text in {encoding}."), _("Save it as CSV in UTF-8.")),
    "file_empty": Problem(
        _("The file has no header."), _("Write the columns' names in the first line of the file.")
    ),
    "file_quotes": Problem(_("A quoted value of the file does not end."), _("Mend the file's quotes.")),
    "file_rows": Problem(
        _("The rows of the file cannot be read ({detail})."),
        _("Save it as CSV in UTF-8, with quotes around values that hold delimiters or line ends."),
    ),
    "row_ragged": Problem(
        _("Line {line} of the file has {found} cells; its header has {expected}."),
        _("Mend that row; a value that holds the delimiter must stand in quotes."),
    ),
}
_ROWS: dict[str, Problem] = {
    "too_long": Problem(
        _("The load took longer than its limit."),
        _("Raise ckanext.roadmap.load.overall_timeout, or load a smaller view."),
    ),
    "value_refused": Problem(
        _("A value does not fit its column's type: {detail}."),
        _("Correct the value at the source, or declare the column as text in the mapping."),
    ),
    "type_unknown": Problem(
        _("A column has a type that the DataStore does not know: {detail}."),
        _("Use text, int4, int8, numeric, float8, bool, date, timestamp or jsonb in the mapping."),
    ),
    "key_empty": Problem(_("Rows without a value in the key ({columns}): {count}."), _MEND_OR_KEY),
    "key_double": Problem(_("Values of the key ({columns}) that appear twice: {count}."), _MEND_OR_KEY),
    "not_unique": Problem(_("The new rows break a unique key of the table: {columns}."), _MEND_OR_KEY),
    "row_floor": Problem(
        _("Rows that the source gave: {rows}; the mapping expects at least {floor}."),
        _("Check the source; if the number is right, lower row_floor in the mapping and load again."),
    ),
}
_PORTAL: dict[str, Problem] = {
    "busy": Problem(_("Another load of this resource runs."), _("This one is tried again by itself.")),
    "datastore_unreachable": Problem(
        _("The DataStore cannot be reached."), _("Check that its PostgreSQL runs.")
    ),
    "datastore_refused": Problem(
        _("The DataStore refused a step: {detail}."),
        _("Nothing was changed; the load is tried again, and a lasting fault needs the portal's operator."),
    ),
    "dataset_deleted": Problem(
        _("The dataset {name} was deleted on the portal; a harvest does not bring it back."),
        _("If it is to be published, set its state to active (package_patch), then load again."),
    ),
    "resource_deleted": Problem(
        _("The table of the dataset {name} was deleted on the portal; a harvest does not bring it back."),
        _(
            "If it is to be published, add a resource with the id {resource} (package_revise), "
            "then load again."
        ),
    ),
    "no_row": Problem(_("The DataStore gave no row."), _("Report this as a fault.")),
    "schema_refused": Problem(
        _("The DataStore's write role may not create the schema {schema}."),
        _("Let a superuser run: CREATE SCHEMA {schema} AUTHORIZATION name_of_that_role."),
    ),
    "staging_refused": Problem(
        _("The rows could not be staged: {detail}."), _("Check the DataStore's disk and rights.")
    ),
    "table_locked": Problem(
        _("The table could not be exchanged: another transaction holds it."),
        _("The load is tried again by itself; look for a long-running query on the DataStore."),
    ),
    "file_refused": Problem(
        _("The CSV file could not be put in its place ({detail})."),
        _("Check the rights and the room of the portal's storage folder."),
    ),
    "interrupted": Problem(
        _("The load was interrupted before anything was changed."),
        _("It is tried again by itself; the data published before are still served."),
    ),
    "internal": Problem(
        _("A fault of the portal: {fault}."), _("Tell the portal's operator; the log has the details.")
    ),
}
OF_SOURCES: dict[str, Problem] = {**_SOURCE, **_FILE, **SOURCE_FILES, **SOURCE_APIS, **SOURCE_STATISTICS}
LOADS: dict[str, Problem] = {**OF_SOURCES, **_ROWS, **_PORTAL}
