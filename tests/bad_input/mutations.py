"""Ways to spoil any file and any text, each a function of the content and a source of chance."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]

ODD = (
    "", " ", "nan", "NaN", "-inf", "Infinity", "1e308", "-1e308", "1e999", "1e-320", "-0", "-1", "0", "1.5", "1_000",
    "0x1f", "2147483648", "9223372036854775808", "1" + "0" * 400, "7" * 5000, "\u0667\u0668", "\uff11", "x" * 300,
    "y" * 140_000, "null", "true", "=1+1", "+44", "-", "@SUM(A1)", "\t=1", "\r=1", "'", '"', '""', '"\n', "a\nb",
    ",", ";", "\0", "\x7f", "\u202e", "\u2028", "\ufeff", "\U0001f691", "e\u0301" * 50, "2026-02-29T10:00",
    "2026-03-29T01:30", "2026-10-25T01:30", "2026-03-27T24:00", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00", "2026-03-27T09:30:61", "20260327T0930", "99", "../../etc/passwd", "999 000 0018",
    "B15 2TH", "\\u0000",
)  # fmt: skip
_TOKEN = re.compile(rb"[A-Za-z0-9_.+:-]+")


def span(data: bytes, dice: Random, most: int = 40) -> tuple[int, int]:
    """A short piece of the content."""
    begin = dice.randrange(len(data) + 1)
    return begin, min(len(data), begin + dice.randint(0, most))


def cut_short(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def beginning_lost(data: bytes, dice: Random) -> bytes:
    return data[dice.randrange(len(data) + 1) :]


def bytes_flipped(data: bytes, dice: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(dice.randint(1, 8) if data else 0):
        spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
    return bytes(spoilt)


def bytes_lost(data: bytes, dice: Random) -> bytes:
    begin, end = span(data, dice)
    return data[:begin] + data[end:]


def bytes_added(data: bytes, dice: Random) -> bytes:
    begin, _ = span(data, dice)
    return data[:begin] + dice.randbytes(dice.randint(1, 20)) + data[begin:]


def piece_repeated(data: bytes, dice: Random) -> bytes:
    begin, end = span(data, dice, 400)
    return data[:end] + data[begin:end] * dice.choice((1, 2, 200)) + data[end:]


def nothing(data: bytes, dice: Random) -> bytes:
    return dice.choice((b"", b"\n", b" " * 100, b"\0" * 100))


def other_encoding(data: bytes, dice: Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    name = dice.choice(("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1252", "cp037", "utf-7"))
    return text.encode(name, errors="replace")


def byte_order_mark(data: bytes, dice: Random) -> bytes:
    return dice.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\xef\xbb\xbf")) + data


def bad_utf8(data: bytes, dice: Random) -> bytes:
    begin, _ = span(data, dice)
    return data[:begin] + dice.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x81", b"\xf4\x90\x80\x80")) + data[begin:]


def line_ends(data: bytes, dice: Random) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(
        b"\n", dice.choice((b"\r", b"\r\n", b"\n\n", b"\n\r", b"\x0b", b"\xe2\x80\xa8"))
    )


def lines_changed(data: bytes, dice: Random) -> bytes:
    """A line lost, repeated or moved."""
    lines = data.split(b"\n")
    line = lines.pop(dice.randrange(len(lines)))
    for _ in range(dice.choice((0, 1, 2))):
        lines.insert(dice.randint(0, len(lines)), line)
    return b"\n".join(lines)


def word_changed(data: bytes, dice: Random) -> bytes:
    """A word or number that is something else."""
    words = list(_TOKEN.finditer(data))
    if not words:
        return data
    word = dice.choice(words)
    return data[: word.start()] + dice.choice(ODD).encode() + data[word.end() :]


def words_swapped(data: bytes, dice: Random) -> bytes:
    words = list(_TOKEN.finditer(data))
    if len(words) < 2:
        return data
    one, other = sorted(dice.sample(words, 2), key=lambda word: word.start())
    return b"".join((data[: one.start()], other[0], data[one.end() : other.start()], one[0], data[other.end() :]))


OF_BYTES: tuple[Mutation, ...] = (
    cut_short,
    beginning_lost,
    bytes_flipped,
    bytes_lost,
    bytes_added,
    piece_repeated,
    nothing,
)
OF_TEXT: tuple[Mutation, ...] = (
    *OF_BYTES, other_encoding, byte_order_mark, bad_utf8, line_ends, lines_changed, word_changed, word_changed,
    word_changed, words_swapped,
)  # fmt: skip
