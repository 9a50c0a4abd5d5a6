"""Installs, starts, stops and checks the parts of the portal: `python3 -m stack --help`.

Only the standard library is imported: this package runs before the virtual environment exists.
"""
