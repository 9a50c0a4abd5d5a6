"""Parcels: what the agent writes is what the portal reads, and nothing else is taken."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.roadmap.loading.extract.records import encode
from ckanext.roadmap.sources.parcel import Inbox, Manifest, ParcelError, Spool
from ckanext.roadmap.sources.parcel.pieces import packed, unpacked

AT = datetime(2026, 2, 10, 3, tzinfo=UTC)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


def sent(spool: Spool, inbox: Inbox, manifest: Manifest) -> int:
    """How many pieces had to go."""
    missing = inbox.begin(manifest)
    for number in missing or []:
        inbox.put(manifest.content, number, spool.chunk(manifest, number))
    inbox.finish(manifest.content, manifest.read_at)
    return len(missing or [])


def read(spool: Spool, rows: list[tuple[str, ...]], cut: int = 2) -> Manifest:
    return spool.write("schools", ("a", "b"), ("text", "text"), batches_of(rows, cut), AT)


def batches_of(rows: list[tuple[str, ...]], cut: int) -> list[bytes]:
    return [encode(rows[start : start + cut]) for start in range(0, len(rows), cut)]


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(texts, texts), max_size=9), size=st.integers(1, 40), cut=st.integers(1, 9))
def test_rows_arrive_as_they_were(tmp_path_factory, rows, size, cut):
    folder = tmp_path_factory.mktemp("parcel")
    spool, inbox = Spool(folder / "spool", size), Inbox(folder / "inbox")
    manifest = read(spool, rows, cut)
    assert sent(spool, inbox, manifest) == len(manifest.chunks)
    found = inbox.current()
    assert found
    with found.path.open("rb") as file:
        batches = list(unpacked(file, 16))
    assert b"".join(batches) == b"".join(batches_of(rows, cut))
    assert all(batch.endswith(b"\n") and batch.count(b'"') % 2 == 0 for batch in batches)
    assert read(Spool(folder / "other", 7), rows, cut).content == manifest.content
    assert inbox.begin(manifest) is None


class TestRefused:
    @pytest.fixture
    def spool(self, tmp_path: Path) -> Spool:
        return Spool(tmp_path / "spool", 8)

    @pytest.fixture
    def inbox(self, tmp_path: Path) -> Inbox:
        return Inbox(tmp_path / "inbox")

    @pytest.fixture
    def manifest(self, spool: Spool) -> Manifest:
        return read(spool, [("one", "1"), ("two", "2"), ("three", "3")])

    def code(self, call, *values) -> str:
        with pytest.raises(ParcelError) as refused:
            call(*values)
        return refused.value.code

    def test_what_is_missing_is_asked_for_again(self, spool, inbox, manifest):
        assert inbox.begin(manifest) == [1, 2, 3]
        inbox.put(manifest.content, 2, spool.chunk(manifest, 2))
        assert inbox.begin(manifest) == [1, 3]
        assert self.code(inbox.finish, manifest.content, AT) == "parcel_incomplete"
        assert inbox.current() is None
        assert sent(spool, inbox, manifest) == 2

    def test_pieces_that_were_not_announced(self, spool, inbox, manifest):
        inbox.begin(manifest)
        piece = spool.chunk(manifest, 1)
        assert self.code(inbox.put, manifest.content, 1, piece[:-1] + b"x") == "parcel_hash"
        assert self.code(inbox.put, manifest.content, 2, piece) == "parcel_hash"
        assert self.code(inbox.put, manifest.content, 9, piece) == "parcel_piece"
        assert self.code(inbox.put, "0" * 64, 1, piece) == "parcel_none"
        assert self.code(inbox.put, "../../etc", 1, piece) == "parcel_none"
        assert inbox.begin(manifest) == [1, 2, 3]

    def test_pieces_that_are_no_rows_of_the_parcel(self, inbox, manifest):
        other = packed(b"other,9\n")
        lied = Manifest.from_dict({**manifest.to_dict(), "chunks": [hashlib.sha256(other).hexdigest()]})
        inbox.begin(lied)
        inbox.put(lied.content, 1, other)
        assert self.code(inbox.finish, lied.content, AT) == "parcel_content"
        assert inbox.current() is None

    @pytest.mark.parametrize("chunk", [b"no gzip", gzip.compress(b"0" * (9 << 20)), packed(b"a\n") * 2])
    def test_a_piece_that_does_not_unpack_or_grows_beyond_measure(self, inbox, manifest, chunk):
        lied = Manifest.from_dict({**manifest.to_dict(), "chunks": [hashlib.sha256(chunk).hexdigest()]})
        inbox.begin(lied)
        assert self.code(inbox.put, lied.content, 1, chunk) == "parcel_unpack"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("columns", "a"), ("types", ["text"]), ("types", ["text", "int4); DROP TABLE x"]), ("lines", -1), ("size", "9"),
            ("content", "../x"), ("chunks", ["x"]), ("read_at", "yesterday"), ("read_at", "2026-02-10T03:00:00"),
        ],
    )  # fmt: skip
    def test_a_manifest_that_no_agent_writes(self, manifest, field, value):
        assert self.code(Manifest.from_dict, {**manifest.to_dict(), field: value}) == "parcel_malformed"

    def test_a_newer_reading_takes_the_place_of_one_under_way(self, spool, inbox, manifest):
        inbox.begin(manifest)
        newer = read(spool, [("four", "4")])
        sent(spool, inbox, newer)
        assert inbox.current().manifest.content == newer.content
        assert [one.name for one in inbox.folder.glob("incoming/*")] == []

    def test_a_reading_that_was_not_finished_counts_for_nothing(self, spool, manifest):
        def breaks():
            yield b"a,1\n"
            raise OSError("gone")

        with pytest.raises(OSError, match="gone"):
            spool.write("schools", ("a", "b"), ("text", "text"), breaks(), AT)
        assert [one.content for one in spool.waiting()] == [manifest.content]
