"""Files: written from the stream, then put in their public place; each version under its run."""

from .errors import PublishError
from .files import Files, finish_files, forget_held, held_runs, publish_files, remove_version
from .places import forget_part, held_folder, public_path, sweep_parts, unpublished, version_folder

__all__ = [
    "Files",
    "PublishError",
    "finish_files",
    "forget_held",
    "forget_part",
    "held_folder",
    "held_runs",
    "public_path",
    "publish_files",
    "remove_version",
    "sweep_parts",
    "unpublished",
    "version_folder",
]
