"""The output folder: whole or not at all, and never over somebody else's files."""

import csv
import hashlib
import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.roster_json import roster_from_document
from pts_optimiser.reporting import folder as folder_room
from pts_optimiser.reporting.folder import complete_folder, write_roster

from .builder import build

FILES = {
    "roster.json", "travel.npz", "journeys.csv", "duties.csv", "policy.toml", "roster.csv", "unserved.csv", "kpis.json",
    "roster.xlsx", "map.geojson", "report.html", "run_sheets.html", "plan.log.jsonl", "issues.csv",
}  # fmt: skip


CORE = {"roster.json", "travel.npz", "journeys.csv", "duties.csv", "policy.toml"}


def write_folder(out, publication):
    write_roster(out, publication)
    complete_folder(out, publication)


@pytest.fixture(scope="module")
def publication():
    return build(4, seed=3, unserved=2)


@pytest.fixture(scope="module")
def folder(publication, tmp_path_factory):
    out = tmp_path_factory.mktemp("plans") / "new" / "day"
    write_folder(out, publication)
    return out


def test_every_file_of_the_design_is_there(folder):
    assert {path.name for path in folder.iterdir()} == FILES


def test_nothing_else_is_left_beside_the_folder(folder):
    assert [path.name for path in folder.parent.iterdir()] == ["day"]


def test_the_roster_reads_back_and_kpis_stand_in_both_files(folder, publication):
    document = json.loads((folder / "roster.json").read_text())
    assert roster_from_document(document) == publication.roster
    assert json.loads((folder / "kpis.json").read_text()) == document["kpis"]


def test_inputs_are_written_byte_for_byte(folder):
    assert (folder / "journeys.csv").read_bytes() == b"journey_id\r\n"
    assert np.load(folder / "travel.npz")["lat"].size > 0


def test_one_row_a_stop(folder, publication):
    rows = list(csv.DictReader((folder / "roster.csv").read_text().splitlines()))
    assert len(rows) == sum(len(duty.stops) for duty in publication.roster.duties)
    assert rows[0]["place"] == publication.duties[0].base


def test_unserved_rows_say_what_would_help(folder, publication):
    rows = list(csv.DictReader((folder / "unserved.csv").read_text().splitlines()))
    assert [row["journey_id"] for row in rows] == [left.journey_id for left in publication.roster.unserved]
    assert all(row["what_would_help"] for row in rows)


def test_no_patient_reference_leaves_in_any_file(folder):
    assert not [path.name for path in folder.iterdir() if b"secret-" in path.read_bytes()]
    with zipfile.ZipFile(folder / "roster.xlsx") as book:
        assert b"secret-" not in book.read("xl/sharedStrings.xml")


def test_the_roster_is_in_place_before_all_else_with_what_check_needs(publication, tmp_path):
    write_roster(tmp_path / "day", publication)
    assert {path.name for path in (tmp_path / "day").iterdir()} == CORE


def test_the_roster_in_place_is_replaced_by_the_one_with_better_reasons(publication, tmp_path):
    plain = replace(publication, roster=replace(publication.roster, unserved=(), kpis={}))
    write_roster(tmp_path, plain)
    complete_folder(tmp_path, publication)
    document = json.loads((tmp_path / "roster.json").read_text())
    assert roster_from_document(document) == publication.roster
    assert {path.name for path in tmp_path.iterdir()} == FILES


def test_a_failure_while_completing_leaves_the_roster_that_is_in_place(publication, tmp_path, monkeypatch):
    write_roster(tmp_path, publication)
    before = (tmp_path / "roster.json").read_bytes()

    def no_space(_):
        raise OSError("no space left")

    monkeypatch.setattr(folder_room, "VIEWS", {**folder_room.VIEWS, "roster.xlsx": no_space})
    with pytest.raises(OSError, match="no space"):
        complete_folder(tmp_path, publication)
    assert {path.name for path in tmp_path.iterdir()} == CORE
    assert (tmp_path / "roster.json").read_bytes() == before


def digest(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_same_publication_gives_the_same_bytes(folder, publication, tmp_path):
    write_folder(tmp_path / "again", publication)
    varying = {"travel.npz"}  # zip of the caller's
    assert {k: v for k, v in digest(tmp_path / "again").items() if k not in varying} == {
        k: v for k, v in digest(folder).items() if k not in varying
    }


def test_a_roster_folder_is_replaced_whole(publication, tmp_path):
    out = tmp_path / "day"
    out.mkdir()
    (out / "roster.json").write_text("{}")
    (out / "stale.txt").write_text("old")
    write_folder(out, publication)
    assert {path.name for path in out.iterdir()} == FILES


def test_an_empty_folder_is_used(publication, tmp_path):
    write_folder(tmp_path, publication)
    assert (tmp_path / "roster.json").is_file()


def test_a_folder_with_other_files_is_refused_and_left_alone(publication, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="holds other files"):
        write_folder(tmp_path, publication)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_way_is_refused(publication, tmp_path):
    (tmp_path / "day").write_text("")
    with pytest.raises(InputError, match="is a file"):
        write_folder(tmp_path / "day", publication)


def test_a_failure_leaves_the_former_folder_as_it_was(publication, tmp_path):
    out = tmp_path / "day"
    out.mkdir()
    (out / "roster.json").write_text("former")

    def no_space(path):
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        write_folder(out, replace(publication, travel_npz=no_space))
    assert [path.name for path in tmp_path.iterdir()] == ["day"]
    assert (out / "roster.json").read_text() == "former"


def test_rejected_rows_and_no_issues(publication, tmp_path):
    write_folder(tmp_path / "day", replace(publication, issues=(), rejected={"journeys.rejected.csv": "row\n"}))
    names = {path.name for path in (tmp_path / "day").iterdir()}
    assert "issues.csv" not in names
    assert "journeys.rejected.csv" in names
