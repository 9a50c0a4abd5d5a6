"""Extracting, updating and checking the extension's translations: `python -m tools.translations`."""
