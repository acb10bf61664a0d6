"""Ten thousand malformed inputs, the same in every run, over all readers; and those that chance would not find."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.hosted.uploads import table_csv
from tests.bad_input.mutations import Mutation
from tests.bad_input.readers import READERS, Reader
from tests.bad_input.structured import bomb, document_changed, packed
from tests.bad_input.verdict import judge, spoilt

CASES = 10_000
WHOLE = sum(reader.weight for reader in READERS)
EACH = pytest.mark.parametrize("reader", READERS, ids=[reader.name for reader in READERS])


@EACH
def test_the_samples_are_sound(reader: Reader, tmp_path: Path) -> None:
    for sample in reader.samples():
        assert not reader.read(sample, tmp_path)


@EACH
def test_whatever_is_spoilt_is_read_or_refused_by_a_documented_code(reader: Reader, tmp_path: Path) -> None:
    ways_to_spoil = st.lists(st.tuples(st.sampled_from(reader.spoil), st.integers(0, 1 << 32)), min_size=1, max_size=4)

    @settings(
        max_examples=-(-CASES * reader.weight // WHOLE),
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(ways_to_spoil, st.integers(0, 9))
    def read(ways: Sequence[tuple[Mutation, int]], sample: int) -> None:
        judge(reader, spoilt(reader, ways, sample), tmp_path)

    read()


def test_what_is_spoilt_hangs_on_its_seed_alone() -> None:
    spoilt_twice = [[document_changed(b'{"a": 1}', Random(seed)) for seed in range(500)] for _ in range(2)]
    assert spoilt_twice[0] == spoilt_twice[1]


def named(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)


@pytest.mark.parametrize("name", [reader.name for reader in READERS if "csv" in reader.name])
@pytest.mark.parametrize("columns", [1, 100_000], ids=["rows", "columns"])
def test_huge_tables_are_soon_done(name: str, columns: int, tmp_path: Path) -> None:
    reader = named(name)
    head, row, *_ = reader.samples()[0].splitlines()
    if columns > 1:
        head += b"," + b",".join(b"c%d" % number for number in range(columns))
    judge(reader, b"\n".join([head, *[row] * 10_000]), tmp_path)


def test_archives_that_unpack_to_far_more_than_a_day_are_refused(tmp_path: Path) -> None:
    judge(named("travel.npz"), bomb("seconds.npy"), tmp_path)
    judge(named("workbook.xlsx"), bomb("xl/worksheets/sheet1.xml"), tmp_path)
    with pytest.raises(InputError, match="cannot be used"):
        table_csv("journeys", bomb("xl/worksheets/sheet1.xml"))
    judge(named("cordeau.txt.gz"), gzip.compress(bytes(300 << 20), compresslevel=1), tmp_path)


def test_an_upload_whose_reader_dies_is_refused_with_a_code() -> None:
    sheet = b"<worksheet>" + b"<a>" * 1_000_000
    book = packed(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet}
    )
    with pytest.raises(InputError) as caught:
        table_csv("journeys", book)
    assert [issue.code for issue in caught.value.issues] == ["bad_workbook"]


def test_a_name_that_a_file_gives_to_a_field_is_not_repeated_at_any_length(tmp_path: Path) -> None:
    matrices = b'{"%s": {"durations": 0}}' % (b"y" * 100_000)
    judge(named("vroom.json"), b'{"vehicles": [{"id": 1, "start_index": 0}], "matrices": %s}' % matrices, tmp_path)
