"""Encoding, delimiter and rows of a file by all of its bytes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.roadmap.sources.delimited import layout as layouts
from ckanext.roadmap.sources.delimited import look, plain_batches, text_columns
from ckanext.roadmap.sources.errors import SourceError

TEXT = "kod;nomi\r\n007;Ўзбекистон\r\n12;Qorao‘zak\r\n"
words = st.text(st.sampled_from("ab,;\t|\"'\n ʻЎ‘.\\0"), max_size=6)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "jadval.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_encoding(tmp_path: Path, encoding: str):
    found = look(written(tmp_path, TEXT.replace("Ў", "У").encode(encoding)))
    assert (found.header, found.delimiter, found.records) == (("kod", "nomi"), ";", 2)
    (columns,) = text_columns(found, ["nomi"])
    assert columns[0].to_pylist() == ["Узбекистон", "Qorao‘zak"]


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866"])
def test_older_cyrillic(tmp_path: Path, encoding: str):
    text = "kod,nomi\n" + "1,средняя общеобразовательная школа\n" * 5
    found = look(written(tmp_path, text.encode(encoding)))
    assert found.encoding == encoding


def test_a_letter_far_down_decides_the_encoding(tmp_path: Path):
    content = b"a,b\n" + b"1,2\n" * 1_000_000 + "1,Ў\n".encode("cp1251")
    assert look(written(tmp_path, content)).encoding == "cp1251"


def test_a_header_of_very_many_names_and_a_name_beyond_measure(tmp_path: Path):
    names = ",".join(f"c{number}" for number in range(40_000))
    content = f"{names}\n{names}\n".encode()
    found = look(written(tmp_path, content))
    assert (len(found.header), found.records) == (40_000, 1)
    with pytest.raises(SourceError) as caught:
        look(written(tmp_path, b"x" * 200_000 + b",b\n1,2\n"))
    assert caught.value.code == "file_rows"
    with pytest.raises(SourceError) as caught:
        look(written(tmp_path, b"a,b\n" + b"x" * 200_000 + b",2,3\n"))
    assert caught.value.code == "row_ragged"


def test_delimiter_is_the_one_that_fits_all_records(tmp_path: Path):
    content = b"a;b,c;d\n" + b"1;2,5;3\n" * 3 + b"1;2;3\n"
    assert look(written(tmp_path, content)).delimiter == ";"


def test_blank_lines_are_no_rows(tmp_path: Path):
    found = look(written(tmp_path, b"\n\na,b\n1,2\n\n\n3,4\n\n"))
    assert (found.records, found.plain, found.header) == (2, False, ("a", "b"))
    (columns,) = text_columns(found, ["b", "a"])
    assert [column.to_pylist() for column in columns] == [["2", "4"], ["1", "3"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b'a,b\n1,"2\n', "file_quotes"),
        (b"a,b\n1,2\n1,2,3\n", "row_ragged"),
        (b"a,b\n\x98\xff,\xd0\n", "file_encoding"),
    ],
)
def test_refusals(tmp_path: Path, content: bytes, code: str):
    with pytest.raises(SourceError) as raised:
        look(written(tmp_path, content))
    assert raised.value.code == code


def test_ragged_row_is_named(tmp_path: Path):
    with pytest.raises(SourceError) as raised:
        look(written(tmp_path, b'a,b\n"x\ny",2\n1,2,3\n'))
    assert raised.value.params == {"line": 4, "found": 3, "expected": 2}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(words, words, words), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    size=st.sampled_from([1, 7, 64]),
)
def test_rows_come_as_they_were_written(tmp_path: Path, monkeypatch, rows, delimiter, end, size):
    monkeypatch.setattr(layouts, "BLOCK", size)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("ustun", "nom", "kod"), *rows])
    found = look(written(tmp_path, text.getvalue().encode()))
    assert (found.delimiter, found.records) == (delimiter, len(rows))
    batches = [
        list(zip(*(one.to_pylist() for one in part), strict=True))
        for part in text_columns(found, found.header)
    ]
    assert [row for batch in batches for row in batch] == rows
    if found.plain and delimiter == ",":
        read = csv.reader(io.StringIO(b"".join(plain_batches(found)).decode(), newline=""))
        assert list(map(tuple, read)) == rows
