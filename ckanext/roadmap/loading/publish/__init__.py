"""Files: written from the stream, then put in their public place; each version under its run."""

from .errors import PublishError
from .files import Files, finish_files, publish_files, remove_version
from .places import public_path, sweep_parts, version_folder

__all__ = [
    "Files",
    "PublishError",
    "finish_files",
    "public_path",
    "publish_files",
    "remove_version",
    "sweep_parts",
    "version_folder",
]
