from __future__ import annotations

import configparser
import stat

from stack import ini, secrets_file


def test_written_for_its_owner_alone_and_says_nothing(settings, capfd):
    ini.write(settings)
    secrets = secrets_file.read(settings)
    assert stat.S_IMODE(settings.ini.stat().st_mode) == 0o600
    assert stat.S_IMODE((settings.data / "secrets.json").stat().st_mode) == 0o600
    printed = "".join(capfd.readouterr())
    assert not [name for name, value in secrets.items() if value in printed]


def test_written_again_keeps_the_secrets(settings):
    ini.write(settings)
    first = settings.ini.read_text()
    ini.write(settings)
    assert settings.ini.read_text() == first


def test_settings_of_ones_own_are_kept(settings):
    settings.data.mkdir(parents=True)
    (settings.data / "own.ini").write_text("ckan.site_title = Mine %(here)s\n")
    ini.write(settings)
    text = settings.ini.read_text()
    assert text.index("Mine") < text.index("[loggers]")


def test_no_placeholder_is_left_and_it_parses(settings):
    ini.write(settings)
    text = settings.ini.read_text()
    assert "${" not in text
    parser = configparser.ConfigParser(strict=True)
    parser.read_string(text)
    assert "socket_timeout=86400" in parser.get("app:main", "ckan.redis.url", raw=True)


def test_a_private_file_is_never_open_to_others(tmp_path):
    file = tmp_path / "secret"
    file.write_text("old")
    file.chmod(0o644)
    secrets_file.write_private(file, "new")
    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
