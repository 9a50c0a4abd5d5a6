"""Columns as the cells of a sheet, many values at a time."""

from __future__ import annotations

from ckanext.roadmap.loading.publish.arrow import Column, pa, pc

from .base import UnfitError
from .json_text import moments

MOST_SIGNS = 32_767
MOST_DIGITS = 15
FIRST_DAY = 25_569  # the days from 1899-12-30, a sheet's day nought, to 1970-01-01
FIRST_SURE = -25_508  # 1900-03-01: sheets count a 29 February 1900 that never was
DAY = 86_400_000_000
EMPTY = "<c/>"
UNSAFE = r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x{fffe}\x{ffff}]|_x[0-9A-Fa-f]{4}_"


def rows(columns: list[Column]) -> memoryview:
    """Rows of the sheet from the cells of its columns."""
    lines = pc.binary_join_element_wise("<row>", *columns, "</row>", "")
    joined = pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), "\n")
    return memoryview(joined[0].as_buffer())


def column(text: Column, typed: Column) -> Column:
    """A column as cells; an empty cell where the value is missing."""
    return pc.fill_null(_cells(text, typed), EMPTY)


def texts(text: Column) -> Column:
    """Texts as cells, never taken for a formula.

    :raises UnfitError: one is longer than a cell may be
    """
    longest = pc.max(pc.utf8_length(text)).as_py() or 0
    if longest > MOST_SIGNS:
        raise UnfitError("xlsx_long_text", "A text is too long for a cell.", most=MOST_SIGNS, found=longest)
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = pc.replace_substring(text, sign, name)
    if pc.any(pc.match_substring_regex(text, UNSAFE)).as_py():
        text = _escaped(text)
    return pc.binary_join_element_wise(
        '<c t="inlineStr"><is><t xml:space="preserve">', text, "</t></is></c>", ""
    )


def _cells(text: Column, typed: Column) -> Column:
    kind = typed.type
    if pa.types.is_string(kind):
        return texts(text)
    if pa.types.is_boolean(kind):
        return _wrapped('<c t="b"><v>', pc.cast(pc.cast(typed, pa.int8()), pa.string()))
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _days(typed)
    if pa.types.is_time(kind):
        return texts(moments(typed))
    return _numbers(text, typed)


def _numbers(text: Column, typed: Column) -> Column:
    """Numbers; one with more digits than a sheet keeps stays text, with every digit."""
    written = pc.cast(typed, pa.string())
    if pa.types.is_floating(typed.type):
        sure = pc.is_finite(typed)
    else:
        digits = pc.utf8_length(pc.replace_substring_regex(written, r"^-?0*\.?0*|\.", ""))
        sure = pc.less_equal(digits, MOST_DIGITS)
    return pc.if_else(sure, _wrapped("<c><v>", written), texts(text))


def _days(typed: Column) -> Column:
    """Dates and times as a sheet counts them; what it cannot (it knows no zone) by ISO 8601."""
    if pa.types.is_date(typed.type):
        number = pc.cast(pc.cast(typed, pa.int32()), pa.int64())
        serial = _wrapped('<c s="1"><v>', pc.cast(pc.add(number, FIRST_DAY), pa.string()))
        return pc.if_else(pc.greater_equal(number, FIRST_SURE), serial, texts(moments(typed)))
    if typed.type.tz is not None:
        return texts(moments(typed))
    micros = pc.cast(typed, pa.int64())
    whole = pc.subtract(micros, pc.multiply(pc.divide(micros, 1000), 1000))
    sure = pc.and_(pc.greater_equal(micros, FIRST_SURE * DAY), pc.equal(whole, 0))
    days = pc.add(pc.divide(pc.cast(micros, pa.float64(), safe=False), float(DAY)), float(FIRST_DAY))
    return pc.if_else(sure, _wrapped('<c s="2"><v>', pc.cast(days, pa.string())), texts(moments(typed)))


def _wrapped(before: str, value: Column) -> Column:
    return pc.binary_join_element_wise(before, value, "</v></c>", "")


def _escaped(text: Column) -> Column:
    """Signs that XML cannot carry, as spreadsheets write them: _x000D_."""
    text = pc.replace_substring_regex(text, r"_(x[0-9A-Fa-f]{4}_)", r"_x005F_\1")
    for code in (*range(9), 11, 12, 13, *range(14, 32), 0xFFFE, 0xFFFF):
        text = pc.replace_substring(text, chr(code), f"_x{code:04X}_")
    return text
