"""Files of ministries: why one was not read."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

_KEEPER = _("Ask the keeper of the source.")

SOURCE_FILES: dict[str, Problem] = {
    "file_missing": Problem(
        _("There is no file {name}."),
        _("Check the name in the mapping (capitals count), or put the file there."),
    ),
    "file_unfinished": Problem(
        _("The file {name} is still being written; nothing was read."),
        _("Write it under another name and rename it when it is whole; it is read at the next harvest."),
    ),
    "file_too_large": Problem(
        _("The file {name} is larger than {most} bytes."),
        _("Give it in parts or as CSV, or let the operator raise ckanext.roadmap.load.most_bytes."),
    ),
    "book_too_large": Problem(
        _(
            "The workbook {name} is larger than what is read of its kind: "
            "{cells} cells, {megabytes} MB unpacked."
        ),
        _("Save it as XLSX without cells far from the others, or as CSV."),
    ),
    "file_bomb": Problem(
        _("Unpacked, the file {name} grows more than {ratio} times; the portal stopped reading."),
        _("Look at it where it is made; if it is right, give it unpacked, as CSV."),
    ),
    "file_page": Problem(
        _("In the place of {name} came a page for people (HTML)."),
        _("The address may ask for a login or show an error: open it, and give the file's own address."),
    ),
    "file_format_unknown": Problem(
        _("The file {name} has no format that can be read ({kind})."), _("Formats that can be read: {known}.")
    ),
    "file_broken": Problem(
        _("The file {name} cannot be read as {kind}. {detail}"),
        _(
            "It may be cut off or of another format: save it anew at its source, "
            "or name its format in the mapping."
        ),
    ),
    "file_no_records": Problem(
        _("No list of records was found in {name}."),
        _("Name the place of the list in the mapping, as read.record, for example result.data."),
    ),
    "file_columns_missing": Problem(
        _("{name} lacks columns: {columns}. It has: {found}."),
        _("Restore them at the source, or correct the mapping; the data published before stay as they are."),
    ),
    "sheet_missing": Problem(
        _("The workbook {name} has no sheet {sheet}."), _("Name one of its sheets in the mapping: {found}.")
    ),
    "header_twice": Problem(
        _("Two columns of {name} are named {column}."),
        _("Give each its own name, or name the line of the header in the mapping."),
    ),
    "archive_member": Problem(
        _("Which file of the archive {name} is meant cannot be told."),
        _("Name it in the mapping as read.member. The archive holds: {found}."),
    ),
    "source_status": Problem(
        _("The source answered with the status {status}."),
        _(
            "401 and 403: check the connection's secret. 404: check the name in the mapping. "
            "5xx: ask the keeper of the source."
        ),
    ),
    "certificate_unreadable": Problem(
        _("The connection's certificate or authority cannot be read."),
        _(
            "Check certificate_file, certificate_key_file and ca_file: PEM, the key without a password, "
            "readable for the portal's user."
        ),
    ),
    "sftp_refused": Problem(_("The server offers no SFTP."), _KEEPER),
    "sftp_folder": Problem(
        _("The server has no such folder."), _("Check the path in the connection's address.")
    ),
    "sftp_permission": Problem(
        _("The account may not read there."), _("Let it read the folder and the file.")
    ),
    "sftp_host_key": Problem(
        _("The server's key is not the one that was written down; nothing was sent."),
        _("Ask the keeper of the server whether it has a new one."),
    ),
    "sftp_host_key_missing": Problem(
        _("The connection does not say which key the server has."),
        _("Add host_key=SHA256:… to its address; ssh-keygen -lf FILE shows the fingerprint."),
    ),
    "sftp_key_file": Problem(
        _("The private key of the connection cannot be read."),
        _("Check key_file: it must be readable for the portal's user, and have no password."),
    ),
}
