"""Java, which Solr runs on, and Maven, which brings Solr's jars."""

from __future__ import annotations

import shutil

from stack.errors import StackError


def require(name: str, package: str) -> str:
    """Path of a program that the reader must have installed."""
    found = shutil.which(name)
    if not found:
        raise StackError(f"`{name}` is missing.", f"Run: apt-get install {package}")
    return found


def java() -> str:
    """Path of Java's launcher."""
    return require("java", "default-jre-headless")


def maven() -> str:
    """Path of Maven."""
    return require("mvn", "maven")
