"""Command line: `python -m tools.translations extract|update|check`."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.translations import checking, extraction, updating

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "ckanext" / "roadmap"
LOCALES = ("uz", "ru")


def main(arguments: list[str]) -> int:
    """Run one command, `check` if none is named; exit code 1 when the check finds something."""
    command = " ".join(arguments) or "check"
    if command == "extract":
        print(f"{len(extraction.write_template(PACKAGE))} strings")
    elif command == "update":
        for locale in LOCALES:
            print(f"{locale}: {updating.update(PACKAGE, locale)} strings without a translation")
    elif command == "check":
        findings = list(checking.findings(PACKAGE, LOCALES))
        print("\n".join(findings) or "Every string is translated.")
        return 1 if findings else 0
    else:
        print("Usage: python -m tools.translations extract|update|check")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
