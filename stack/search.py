"""Solr: jars by Maven, a home with CKAN's own schema, and the server in Jetty."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from pathlib import Path

from stack import java, ports, stamps
from stack.commands import run
from stack.errors import StackError
from stack.processes import Process
from stack.settings import HOST, ROOT, VAR, VENV, Settings

FILES = ROOT / "stack" / "solr"
JARS = VAR / "solr" / "lib"
STAMP = VAR / "solr" / "stamp"
WORD_LISTS = ("protwords.txt", "stopwords.txt", "synonyms.txt")
REDO = (
    "The network or the Maven repository cannot be reached: check it (or ~/.m2/settings.xml), then try again."
)


def install_jars() -> None:
    """Let Maven copy the jars, unless they are there for this very pom.xml."""
    value = stamps.digest([FILES / "pom.xml"])
    if stamps.is_fresh(STAMP, value):
        return
    shutil.rmtree(JARS, ignore_errors=True)
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={JARS}"]
    run([java.maven(), "-q", "-B", "-f", FILES / "pom.xml", *goal], remedy=REDO)
    stamps.write(STAMP, value)


def schema() -> Path:
    """CKAN's own schema, as installed."""
    found = list(VENV.glob("lib/python3.*/site-packages/ckan/config/solr/schema.xml"))
    if not found:
        raise StackError("CKAN is not installed in var/venv.", "Run: make install")
    return found[0]


def write_home(settings: Settings) -> Path:
    """Write the Solr home with one core named `ckan`."""
    home = settings.data / "solr"
    core = home / "ckan"
    (core / "conf").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(FILES / "solr.xml", home / "solr.xml")
    shutil.copyfile(FILES / "solrconfig.xml", core / "conf" / "solrconfig.xml")
    shutil.copyfile(schema(), core / "conf" / "schema.xml")
    (core / "core.properties").write_text("name=ckan\n")
    for name in WORD_LISTS:
        (core / "conf" / name).touch()
    return home


def process(settings: Settings) -> Process:
    """Return the server as a background process."""
    command = [
        java.java(),
        *("-Xmx512m", "-Dsolr.jetty.host=127.0.0.1", f"-Droadmap.solr.port={settings.ports.solr}"),
        *(f"-Dsolr.log.dir={settings.logs}", "-Dsolr.install.dir=."),
        *("-cp", f"{JARS}/*", "org.eclipse.jetty.xml.XmlConfiguration", str(FILES / "jetty.xml")),
    ]
    return Process("solr", command, settings.pids, settings.logs, settings.data / "solr")


def start(settings: Settings) -> bool:
    """Start the server unless it runs; tell whether it was started."""
    server = process(settings)
    if server.pid():
        return False
    ports.require_free(settings.ports.solr, "Solr")
    write_home(settings)
    server.start(lambda: is_ready(settings), wait=120)
    return True


def is_ready(settings: Settings) -> bool:
    """Tell whether the core answers a query."""
    address = f"http://{HOST}:{settings.ports.solr}/solr/ckan/select?q=*:*&rows=0&wt=json"
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
            return "response" in json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return False
