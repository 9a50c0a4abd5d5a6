"""A portal for the browser: the test configuration in a process of its own, in the four languages.

Run as `python -m ckanext.roadmap.tests.journeys.server INI PORT CLOCK_FILE I18N_FOLDER`.
"""

from __future__ import annotations

import sys

from werkzeug.serving import make_server

from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app


def main(ini: str, port: str, clock: str, languages: str) -> None:
    """Serve until the process is ended."""
    config = CKANConfigLoader(ini).get_config()
    config |= {
        "ckan.site_url": f"http://127.0.0.1:{port}",
        "ckan.i18n_directory": languages,
        "ckan.locale_default": "uz",
        "ckan.locales_offered": "uz uz_Cyrl ru en",
        "ckan.locale_order": "uz uz_Cyrl ru en",
        "ckanext.roadmap.rehearsal_clock": clock,
        "ckanext.roadmap.connection.old-portal.url": "egov+https://old-portal.example/",
    }
    make_server("127.0.0.1", int(port), make_app(config), threaded=True).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
