"""Public text that would help an intruder."""

from __future__ import annotations

import pytest

from ckanext.roadmap.domain.technical_detail import technical_detail


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("jdbc:oracle:thin:@db:1521/XE", "dsn"),
        ("Baza: postgresql+psycopg2://db/maktab", "dsn"),
        ("https://admin:Xk7@portal.uz/api", "account"),
        ("Пароль: qwerty1", "secret"),
        ("paroli = Toshkent2020", "secret"),
        ("api key: 0f9a77", "secret"),
        ("Server 10.17.2.15 da", "address"),
        ("10.17.2.15:5432", "address"),
        ("db.edu.uz:5432 bazasi", "port"),
        ("localhost:1521", "port"),
    ],
)
def test_what_is_found(text: str, kind: str):
    assert technical_detail(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Maktablar axborot tizimi: o‘quvchilar, sinflar, 09:00 dan 18:00 gacha",
        "Система учёта учащихся, см. https://edu.uz/tizim",
        "Vazirlar Mahkamasining 2022-yil 5-apreldagi 177-son qarori, 1.2.3-band",
        "O‘quvchilarning parolini tiklash xizmati",
        "PostgreSQL 15.4; 1.12.2025 dan ishlaydi; nisbat 3:10",
        "https://lex.uz/docs/5944178",
        "Token-hisob tizimi (tokenlar savdosi)",
    ],
)
def test_what_is_left_alone(text: str):
    assert technical_detail(text) is None
