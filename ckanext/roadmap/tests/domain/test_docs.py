"""The auditor's page names every status and every reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.roadmap.domain.status import Reason, Status

PAGE = Path(__file__).resolve().parents[4] / "docs" / "status-rule.md"


@pytest.mark.parametrize("code", [*Status, *Reason])
def test_the_page_has_a_row_for_each_code(code):
    assert f"| `{code}` |" in PAGE.read_text(encoding="utf-8")
