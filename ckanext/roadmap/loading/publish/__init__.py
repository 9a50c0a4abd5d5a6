"""Files: written from the stream, then put in their public place."""

from .csv_file import SUFFIX
from .errors import PublishError
from .files import Files, finish_files, public_path, publish_files

__all__ = ["SUFFIX", "Files", "PublishError", "finish_files", "public_path", "publish_files"]
