"""Putting the written files in their public place."""

from .errors import PublishError
from .files import finish_files, public_path, publish_file

__all__ = ["PublishError", "finish_files", "public_path", "publish_file"]
