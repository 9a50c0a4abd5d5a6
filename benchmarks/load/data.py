"""The table that is loaded: 15 columns such as a ministry's register has, in a database and as CSV files."""

from __future__ import annotations

from pathlib import Path

import psycopg2

COLUMNS = {
    "id": "int4", "code": "text", "name": "text", "region": "text", "district": "text", "address": "text",
    "phone": "text", "tax_number": "text", "opened": "date", "updated": "timestamp", "capacity": "int4",
    "pupils": "int4", "area": "numeric", "active": "bool", "note": "text",
}  # fmt: skip
SOURCE = """
    CREATE TABLE register AS SELECT n::int AS id, lpad(n::text, 9, '0') AS code,
      n %% 997 || '-son umumiy o‘rta ta’lim maktabi' AS name,
      (ARRAY['Toshkent shahri','Samarqand','Farg‘ona','Қорақалпоғистон','Buxoro','Xorazm'])[1 + n %% 6]
        AS region,
      'tuman ' || n %% 210 AS district, 'Mustaqillik ko‘chasi ' || n %% 500 || '-uy, ' || n %% 90 AS address,
      '+9989' || lpad((n::bigint * 7919 %% 99999999)::text, 8, '0') AS phone,
      (200000000 + n::bigint * 31 %% 99999999)::text AS tax_number, date '1950-01-01' + n %% 27000 AS opened,
      timestamp '2020-01-01' + n %% 9999999 * interval '17 seconds' AS updated, 100 + n %% 900 AS capacity,
      n %% 1500 AS pupils, round(n %% 100000 / 7.0, 2) AS area, n %% 13 <> 0 AS active,
      CASE WHEN n %% 3 = 0 THEN 'Ремонт 20' || n %% 25 || ' йилда, ' || md5(n::text) END AS note
    FROM generate_series(1, %s::int) n"""
CHANGED = (
    "SELECT id, code, name, region, district, address, phone, tax_number, opened, updated, capacity,"
    " CASE WHEN id % 100 = 0 THEN pupils + 1 ELSE pupils END, area, active, note FROM register ORDER BY id"
)


def make(ministry: str, rows: int, folder: Path) -> tuple[Path, Path]:
    """Fills the source.

    :returns: its rows as a file, and the same with one of a hundred changed
    """
    files = folder / "register.csv", folder / "changed.csv"
    with psycopg2.connect(ministry) as connection, connection.cursor() as cursor:
        cursor.execute(SOURCE, (rows,))
        cursor.execute("ALTER TABLE register ADD PRIMARY KEY (id)")
        for file, query in zip(files, ("SELECT * FROM register ORDER BY id", CHANGED), strict=True):
            with file.open("wb") as out:
                out.write((",".join(COLUMNS) + "\n").encode())
                cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH (FORMAT csv)", out)
    connection.close()
    with psycopg2.connect(ministry) as connection, connection.cursor() as cursor:
        cursor.execute("GRANT SELECT ON register TO PUBLIC; ANALYZE register; CHECKPOINT")
    return files
