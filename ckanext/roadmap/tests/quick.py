"""CKAN loads its plugins anew for each test: what costs most of that and always comes out the same is kept.

CKAN asks for the names of the callers: Python would look up their source lines. It looks for each plugin in the
metadata of every installed package. It reads its YAML by Python's own parser: C's gives the same. It checks every
declared option, asks Solr for its schema, begins a pool of connections that has compiled no statement yet, and
compiles each template for each test's pages.
"""

from __future__ import annotations

import copy
import functools
import importlib.metadata
import inspect
import sys
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import jinja2
import pytest
import yaml

from ckan import plugins
from ckan.common import config
from ckan.config import declaration, environment
from ckan.lib import jinja_extensions, search
from ckan.plugins import core


class Late:
    """What CKAN does after plugins were unloaded is left to the next loading, which does it again anyway."""

    def __init__(self, update: Callable[[], None]) -> None:
        self.update, self.ending, self.waits = update, False, False

    def __call__(self) -> None:
        """In place of CKAN's own."""
        self.waits = self.ending
        if not self.ending:
            self.update()

    def catch_up(self) -> None:
        """For a test that loads no plugins."""
        if self.waits:
            self()


LATE = Late(core.plugins_update)


class Compiled(jinja2.BytecodeCache):
    """Compiled templates in memory; a template that changed is compiled again."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Any) -> None:
        """Called before a template would be compiled."""
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Any) -> None:
        """Called after one was compiled."""
        self.codes[bucket.key] = bucket.bytecode_to_string()


@contextmanager
def plugins_once() -> Iterator[None]:
    """Keep what is kept, until the end."""
    found = functools.cache(importlib.metadata.entry_points)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inspect, "stack", _stack)
        patch.setattr("importlib.metadata.entry_points", found)
        patch.setattr(core, "entry_points", found)
        patch.setattr(yaml, "SafeLoader", yaml.CSafeLoader)
        patch.setattr(core, "plugins_update", LATE)
        patch.setattr(search, "check_solr_schema_version", functools.cache(search.check_solr_schema_version))
        patch.setattr(environment, "engine_from_config", _engines(environment.engine_from_config))
        patch.setattr(declaration.Declaration, "setup", _declarations(declaration.Declaration.setup))
        patch.setattr(
            jinja_extensions, "get_jinja_env_options", _templates(jinja_extensions.get_jinja_env_options)
        )
        yield


def _stack(_context: int = 1) -> list[inspect.FrameInfo]:
    frames = traceback.walk_stack(sys._getframe(1))
    return [
        inspect.FrameInfo(frame, frame.f_code.co_filename, line, frame.f_code.co_name, None, None)
        for frame, line in frames
    ]


def _engines(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    """One engine for each way to connect: it remembers the statements that were compiled."""
    made: dict[Any, Any] = {}

    def engine(options: dict[str, Any]) -> Any:
        key = _options(options, "sqlalchemy.")
        if key not in made:
            made[key] = make(options)
        return made[key]

    return engine


def _declarations(setup: Callable[[Any], None]) -> Callable[[Any], None]:
    """The declared options are the same where the plugins are, and the stores of files."""
    known: dict[Any, tuple[Any, ...]] = {}

    def quick(self: Any) -> None:
        loaded = tuple(
            (plugin.name, type(plugin))
            for plugin in plugins.PluginImplementations(plugins.IConfigDeclaration)
        )
        key = loaded, _options(config, "ckan.files."), _options(config, "ckan.storage_path")
        if key not in known:
            setup(self)
            known[key] = _copies(self._options), [*self._members], {*self._plugins}
        options, members, names = known[key]
        self._reset()
        self._options, self._members, self._plugins = _copies(options), [*members], {*names}
        self._core_loaded = self._sealed = True

    return quick


def _copies(options: Any) -> OrderedDict[Any, Any]:
    """Options of one's own: a test may change a default that is a list."""
    copies = OrderedDict((key, copy.copy(option)) for key, option in options.items())
    for option in copies.values():
        option.default = copy.copy(option.default)
    return copies


def _templates(options: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """Compiled templates are the same where the folders of templates are."""
    kept: dict[Any, Compiled] = {}

    def with_cache() -> dict[str, Any]:
        key = tuple(config["computed_template_paths"])
        return {**options(), "bytecode_cache": kept.setdefault(key, Compiled())}

    return with_cache


def _options(options: Any, prefix: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, str(value)) for key, value in options.items() if key.startswith(prefix)))
