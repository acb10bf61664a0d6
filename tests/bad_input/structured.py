"""Ways to spoil tables, documents and archives that keep their outer shape, so that readers look inside."""

from __future__ import annotations

import csv
import io
import json
import tomllib
import zipfile
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any
from warnings import catch_warnings

import numpy as np
import tomli_w

from tests.bad_input.mutations import ODD, OF_BYTES, OF_TEXT, Mutation

MANY = 20_000
DEEP = 100_000
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**12, 10**30, 10**400, -(2**63) - 1, 1e308, float("nan"), float("inf"), [], {},
    [[]], [{}], {"": {}}, ["a", 1], [None] * 5, "\ud800", *ODD,
)  # fmt: skip


def _rows(data: bytes) -> list[list[str]]:
    """The rows that hold anything; one empty cell where nothing is left to spoil."""
    try:
        found = csv.reader(io.StringIO(data.decode("utf-8", errors="replace"), newline=""))
        return [row for row in found if row] or [[""]]
    except csv.Error:
        return [[""]]


def _sheet(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", errors="surrogatepass")


def cells_changed(data: bytes, dice: Random) -> bytes:
    rows = _rows(data)
    for _ in range(dice.randint(1, 4)):
        row = dice.choice(rows)
        row[dice.randrange(len(row))] = dice.choice(ODD)
    return _sheet(rows)


def column_changed(data: bytes, dice: Random) -> bytes:
    """A column lost, repeated, renamed, or 20,000 more of them."""
    rows = _rows(data)
    place, how = dice.randrange(len(rows[0])), dice.randrange(4)
    if how == 0:
        rows[0][place] = dice.choice((rows[0][place].upper(), rows[0][place] + " ", *ODD))
    for row in rows:
        if how == 1:
            del row[place : place + 1]
        elif how == 2:
            row[place:place] = row[place : place + 1]
        elif how == 3 and dice.random() < 0.1:
            row += [f"column{number}" for number in range(MANY)]
    return _sheet(rows)


def rows_repeated(data: bytes, dice: Random) -> bytes:
    rows = _rows(data)
    return _sheet(rows + rows[1:] * min(dice.choice((1, 3, 100)), 200_000 // (len(data) + 1)))


def quoting_broken(data: bytes, dice: Random) -> bytes:
    cells = data.split(b",")
    place = dice.randrange(len(cells))
    cells[place] = dice.choice((b'"', b'"a', b'a"b', b'"a"b', b'"a\nb\nc"', b'""""', b"'", b'"' + b"\n" * 1000 + b'"'))
    return b",".join(cells)


def _odd_value(dice: Random) -> Any:
    """A copy: a list or an object that is spoilt again would be another one for all cases after it."""
    return deepcopy(dice.choice(ODD_VALUES))


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        here = waiting.pop()
        keys = here.keys() if isinstance(here, dict) else range(len(here)) if isinstance(here, list) else ()
        for key in keys:
            found.append((here, key))
            waiting.append(here[key])
    return found


def _document_changed(document: Any, dice: Random) -> Any:
    for _ in range(dice.randint(1, 3)):
        places = _places(document)
        if not places:
            return _odd_value(dice)
        here, key = dice.choice(places)
        how = dice.randrange(5)
        if how == 0:
            del here[key]
        elif how == 1 and isinstance(here, dict):
            here[dice.choice((f"{key}s", key.upper(), *ODD))] = here.pop(key)
        elif how == 2:
            other, name = dice.choice(places)
            if isinstance(name, str) and name in other:
                here[key] = json.loads(json.dumps(other[name], default=str))
        else:
            here[key] = _odd_value(dice)
    return document


def document_changed(data: bytes, dice: Random) -> bytes:
    """JSON, or one of its lines, with other values, keys and shapes."""
    lines = [data] if data.count(b"\n{") == 0 else data.split(b"\n")
    place = dice.randrange(len(lines))
    try:
        document = json.loads(lines[place])
    except (ValueError, RecursionError):
        return data
    changed = _document_changed(document, dice)
    lines[place] = json.dumps(changed).encode()
    return b"\n".join(lines)


def nested(data: bytes, dice: Random) -> bytes:
    """A value that is nested deep."""
    deep = dice.choice((b"[" * DEEP, b"[" * 900 + b"]" * 900, b'{"a":' * DEEP, b"{" * 50))
    places = [i for i, byte in enumerate(data) if byte in b":=,"] or [0]
    place = dice.choice(places) + 1
    return data[:place] + deep + data[place:]


def table_changed(data: bytes, dice: Random) -> bytes:
    """TOML with other values, keys and shapes."""
    try:
        document = _document_changed(tomllib.loads(data.decode()), dice)
        return tomli_w.dumps(document).encode("utf-8", errors="surrogatepass") if isinstance(document, dict) else b"x"
    except (ValueError, TypeError, AttributeError, RecursionError):
        return data


def members_of(data: bytes) -> dict[str, bytes]:
    """What an archive holds; nothing where it is spoilt already."""
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
    return {}


def packed(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def member_changed(inside: tuple[Mutation, ...]) -> Mutation:
    """A file of an archive that is spoilt, lost, renamed or packed otherwise."""

    def changed(data: bytes, dice: Random) -> bytes:
        members = members_of(data)
        if not members:
            return data
        name = dice.choice(sorted(members))
        how = dice.randrange(8)
        if how == 0:
            del members[name]
        elif how == 1:
            members[dice.choice(("../up", "/root", name.upper(), "x" * 1000, "é"))] = members.pop(name)
        elif how > 2:
            members[name] = dice.choice(inside)(members[name], dice)
        methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
        return packed(members, dice.choice(methods) if how == 2 else zipfile.ZIP_DEFLATED)

    return changed


def array_changed(data: bytes, dice: Random) -> bytes:
    """Arrays of other shapes, types and values in an npz."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files if isinstance(archive[name], np.ndarray)}
    except Exception:  # it may be damaged already
        return data
    if not arrays:
        return data
    name = dice.choice(sorted(arrays))
    array = arrays[name]
    others: tuple[Callable[[], Any], ...] = (
        lambda: array.astype(dice.choice(("f2", "f8", "i1", "i8", "u8", "c16", "?", "S3", "U2", "M8[s]", ">i4"))),
        lambda: np.atleast_1d(array)[:-1],
        lambda: array.reshape(-1),
        lambda: array[np.newaxis],
        lambda: np.array(dice.choice((0, 1e308, np.nan, 2**63 - 1))),
        lambda: np.where(np.arange(array.size).reshape(array.shape) == 0, dice.choice((np.nan, np.inf, 1e308)), array),
        lambda: np.full(array.shape, dice.choice((-1, 2**31 - 1, 2**62)), "i8"),
        lambda: np.zeros((*array.shape[:-1], 0), array.dtype),
        lambda: np.asfortranarray(array),
    )
    with np.errstate(all="ignore"), catch_warnings(action="ignore"), suppress(Exception):  # not every type becomes any
        arrays[name] = dice.choice(others)()
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


@cache
def bomb(name: str) -> bytes:
    """An archive whose member unpacks to 300 megabytes and claims to hold two gigabytes."""
    out, head = io.BytesIO(), io.BytesIO()
    np.lib.format.write_array_header_1_0(head, {"descr": "<f8", "fortran_order": False, "shape": (1 << 28,)})
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as member,
    ):
        member.write(head.getvalue())
        for _ in range(300):
            member.write(bytes(1 << 20))
    return out.getvalue()


OF_CSV = (*OF_TEXT, cells_changed, cells_changed, cells_changed, column_changed, rows_repeated, quoting_broken)
OF_JSON = (*OF_TEXT, document_changed, document_changed, document_changed, document_changed, nested)
OF_TOML = (*OF_TEXT, table_changed, table_changed, table_changed, nested)
OF_XLSX = (*OF_BYTES, *(member_changed(OF_TEXT),) * 8)
OF_NPZ = (*OF_BYTES, *(member_changed(OF_BYTES),) * 4, *(array_changed,) * 8)
OF_FOLDER = (*(member_changed((*OF_BYTES, *OF_JSON)),) * 8,)
