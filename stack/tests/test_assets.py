"""The scripts that draw charts are the ones that are pinned."""

from __future__ import annotations

import hashlib
import re

from stack.assets import FOLDER, SCRIPTS
from stack.settings import ROOT


def test_the_vendored_files_are_the_pinned_ones():
    for script in SCRIPTS:
        assert hashlib.sha256(script.path.read_bytes()).hexdigest() == script.sha256, script.package
        assert "Redistribution and use" in (FOLDER / f"{script.package}.LICENSE.txt").read_text()


def test_page_and_paper_draw_by_the_same_vega_lite():
    version = next(script.version for script in SCRIPTS if script.package == "vega-lite")
    named = (ROOT / "ckanext/roadmap/presentation/charts/picture.py").read_text()
    found = re.search(r'VEGA_LITE = "([\d.]+)"', named)
    assert found
    assert version.startswith(f"{found[1]}.")
