"""Command line of the stack: `python3 -m stack --help`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from stack import assets, demo, installation, scheduler, services, testing, verification, worker
from stack.errors import StackError
from stack.progress import say
from stack.settings import BY_NAME


def up(arguments: argparse.Namespace) -> int:
    """Start PostgreSQL, Redis and Solr of an installation."""
    services.up(BY_NAME[arguments.installation])
    return 0


def down(arguments: argparse.Namespace) -> int:
    """Stop every process of an installation."""
    stopped = services.stop_all(BY_NAME[arguments.installation])
    say(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
    return 0


def make_worker(arguments: argparse.Namespace) -> int:
    """Create databases of one's own for tests and print the lines that select them."""
    print(worker.exports(arguments.name))
    return 0


def run_demo(_: argparse.Namespace) -> int:
    """Install, start and fill the demo portal; again and again if one likes."""
    demo.run()
    return 0


def stop_demo(_: argparse.Namespace) -> int:
    """Stop the demo portal."""
    demo.stop()
    return 0


def reset_demo(_: argparse.Namespace) -> int:
    """Wipe the demo's data after asking."""
    demo.reset()
    return 0


def install(_: argparse.Namespace) -> int:
    """Install packages, virtual environment and Solr for development and tests."""
    installation.install(tests=True)
    return 0


def bring_assets(_: argparse.Namespace) -> int:
    """Bring the scripts that draw charts, pinned and checked, into the extension (needs npm)."""
    assets.bring()
    return 0


def run_tests(arguments: argparse.Namespace) -> int:
    """Start the test services, run pytest (arguments are passed on), stop the services."""
    return testing.run(arguments.pytest)


def check(_: argparse.Namespace) -> int:
    """Check style, types, rooms, budgets, translations and documentation."""
    installation.install(tests=True)
    return min(verification.run(), 1)


def schedule(arguments: argparse.Namespace) -> int:
    """Do the portal's periodic duties, for ever."""
    scheduler.run(BY_NAME[arguments.installation])
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    root = argparse.ArgumentParser(prog="python3 -m stack")
    commands = root.add_subparsers(required=True)

    def add(name: str, action: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=action.__doc__)
        command.set_defaults(action=action)
        return command

    for name, action in (
        ("demo", run_demo),
        ("stop", stop_demo),
        ("reset", reset_demo),
        ("install", install),
        ("check", check),
        ("assets", bring_assets),
    ):
        add(name, action)
    for name, action in (("up", up), ("down", down), ("scheduler", schedule)):
        add(name, action).add_argument("installation", choices=sorted(BY_NAME))
    add("test", run_tests).add_argument("pytest", nargs=argparse.REMAINDER)
    add("worker", make_worker).add_argument("name")
    return root


def main(words: list[str] | None = None) -> int:
    """Run one command; a StackError is told in two lines."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the machine's own Python may be older
        sys.exit(f"ERROR: this is Python {sys.version.split()[0]}; version 3.11 or newer is needed.")
    arguments = parser().parse_args(words)
    try:
        return arguments.action(arguments)
    except StackError as error:
        say(f"\nERROR: {error.message}\n{error.remedy}")
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
