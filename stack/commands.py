"""Runs a command to its end and turns its failure into an error that can be read."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from stack.errors import StackError
from stack.settings import ROOT

NO_SPACE = "No space left on device"


def run(
    command: Sequence[str | Path],
    *,
    remedy: str = "",
    stdin: str | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
) -> str:
    """Run the command and return what it printed; raise StackError with its last lines if it fails."""
    result = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode:
        raise failure(command, result.stdout, remedy)
    return result.stdout


def failure(command: Sequence[str | Path], output: str, remedy: str) -> StackError:
    """Error of a command that failed; a full disk gets its own remedy."""
    tail = "\n".join(f"    {line}" for line in output.strip().splitlines()[-15:])
    if NO_SPACE in output:
        free = shutil.disk_usage(ROOT).free // 2**20
        remedy = f"The disk is full ({free} MiB free at {ROOT}): free about 3 GiB, then try again."
    return StackError(
        f"`{Path(command[0]).name} {' '.join(map(str, command[1:3]))} ...` failed:\n{tail}", remedy
    )
