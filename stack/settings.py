"""Where things are: the folders and ports of the demo and of the tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = VAR / "venv"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """The ports of one installation; all of them on 127.0.0.1."""

    postgres: int
    redis: int
    solr: int
    portal: int


@dataclass(frozen=True)
class Settings:
    """One installation: its name, data folder, ports and whether its data must survive a power cut."""

    name: str
    ports: Ports
    durable: bool

    @property
    def data(self) -> Path:
        """Folder that holds all that this installation keeps."""
        return VAR / self.name

    @property
    def logs(self) -> Path:
        """Folder of the log files."""
        return self.data / "logs"

    @property
    def pids(self) -> Path:
        """Folder of the pid files."""
        return self.data / "pids"

    @property
    def ini(self) -> Path:
        """CKAN's configuration file."""
        return ROOT / "test.ini" if self.name == "test" else self.data / "ckan.ini"


DEMO = Settings("demo", Ports(postgres=25432, redis=26379, solr=28984, portal=5000), durable=True)
TEST = Settings("test", Ports(postgres=25433, redis=26380, solr=28983, portal=25001), durable=False)
BY_NAME = {"demo": DEMO, "test": TEST}


def program(name: str) -> Path:
    """Path of a program of the virtual environment."""
    return VENV / "bin" / name
