"""`ckan roadmap …`: one click group, one file a family of commands; it prints and never decides."""

from .roadmap import roadmap

__all__ = ["roadmap"]
