"""A small made-up country for the demo: bodies, an approved list, and a ministry's database."""
