"""Every reader of files from outside, as a function of bytes that gives its issues; samples, and ways to spoil them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geodata.extract.build import network_of_extract
from geodata.network import open_network
from pts_optimiser.checking import check, read_travel
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.policy import Policy
from pts_optimiser.instances.cordeau import read_cordeau
from pts_optimiser.instances.instance import Instance
from pts_optimiser.instances.lilim import read_lilim
from pts_optimiser.instances.mdhdarp import read_mdhdarp
from pts_optimiser.instances.problem import to_problem
from pts_optimiser.instances.sartori import read_sartori
from pts_optimiser.instances.vroom import read_vroom
from pts_optimiser.intake.drives import read_drives
from pts_optimiser.intake.duties import read_duties
from pts_optimiser.intake.events import read_events
from pts_optimiser.intake.journeys import read_journeys
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.roster import read_roster
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel_file import file_travel
from pts_optimiser.services.hosted.sheets_child import sheet_csv
from pts_optimiser.services.hosted.uploads import refuse_bombs
from pts_optimiser.study.document import read_study
from tests.bad_input import samples
from tests.bad_input.mutations import OF_BYTES, OF_TEXT, Mutation
from tests.bad_input.structured import OF_CSV, OF_FOLDER, OF_JSON, OF_NPZ, OF_TOML, OF_XLSX, members_of
from tests.checking.builder import Scenario, scenario
from tests.checking.town import DAY as TOWN_DAY
from tests.instances.samples import CORDEAU, LILIM, MDHDARP, SARTORI
from tests.intake.samples import DAY

Read = Callable[[bytes, Path], Sequence[Issue]]


@dataclass(frozen=True, slots=True)
class Reader:
    """``weight`` is its part of all cases; a slow one has little."""

    name: str
    samples: Callable[[], Sequence[bytes]]
    spoil: tuple[Mutation, ...]
    read: Read
    weight: int


@cache
def policy() -> Policy:
    return load_policy()


@cache
def town() -> Scenario:
    """The travel times and the roster that files of either kind are read beside."""
    return scenario()


def _written(data: bytes, path: Path) -> Path:
    """A new file: one that is cut and filled again waits for the disk."""
    path.unlink(missing_ok=True)
    path.write_bytes(data)
    return path


def _journeys(data: bytes, folder: Path) -> Sequence[Issue]:
    return read_journeys(data, policy(), service_date=DAY).issues


def _duties(data: bytes, folder: Path) -> Sequence[Issue]:
    return read_duties(data, policy()).issues


def _drives(data: bytes, folder: Path) -> Sequence[Issue]:
    return read_drives(data, policy()).issues


def _events(data: bytes, folder: Path) -> Sequence[Issue]:
    return read_events(data, policy(), service_date=DAY).issues


def _policy(data: bytes, folder: Path) -> Sequence[Issue]:
    """What is taken must be written and read back the same."""
    found = load_policy(data)
    if load_policy(policy_toml(found).encode()) != found:
        raise AssertionError("the policy as resolved is another")
    return ()


def _study(data: bytes, folder: Path) -> Sequence[Issue]:
    read_study(_written(data, folder / "plan.toml")).tasks()
    return ()


def _roster(data: bytes, folder: Path) -> Sequence[Issue]:
    """What is taken must be fit for the referee."""
    roster = read_roster(_written(data, folder / "roster.json"))
    for violation in check(roster, town().journeys, town().duties, town().policy, town().travel):
        str(violation).encode()
    return ()


def _workbook(data: bytes, folder: Path) -> Sequence[Issue]:
    """As an upload is read, but in this process."""
    refuse_bombs("journeys", data)
    try:
        return _journeys(sheet_csv(b"journeys\n" + data), folder)
    except InputError as error:
        raise InputError(str(error), [Issue("journeys", None, None, "bad_workbook", str(error), "")]) from error


def _instance(read: Callable[[Path], Instance], name: str) -> Read:
    def read_one(data: bytes, folder: Path) -> Sequence[Issue]:
        to_problem(read(_written(data, folder / name)))
        return ()

    return read_one


def _travel(data: bytes, folder: Path) -> Sequence[Issue]:
    path = _written(data, folder / "travel.npz")
    read_travel(path)
    file_travel(path, places_of(town().journeys, town().duties), town().policy, TOWN_DAY)
    return ()


def _extract(data: bytes, folder: Path) -> Sequence[Issue]:
    network_of_extract(_written(data, folder / "little.osm.pbf"))
    return ()


def _network(data: bytes, folder: Path) -> Sequence[Issue]:
    """The members of the archive, put into a folder."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in members_of(data).items():
        (folder / Path(name).name[:100]).write_bytes(content)
    open_network(folder)
    return ()


def _gzipped(data: bytes, folder: Path) -> Sequence[Issue]:
    to_problem(read_cordeau(_written(data, folder / "little.txt.gz")))
    return ()


READERS = (
    Reader("journeys.csv", lambda: [samples.JOURNEYS], OF_CSV, _journeys, 20),
    Reader("duties.csv", lambda: [samples.DUTIES], OF_CSV, _duties, 12),
    Reader("drives.csv", lambda: [samples.DRIVES], OF_CSV, _drives, 6),
    Reader("events.jsonl", lambda: [samples.EVENTS], OF_JSON, _events, 16),
    Reader("policy.toml", lambda: [samples.POLICY], OF_TOML, _policy, 3),
    Reader("study.toml", lambda: [samples.STUDY], OF_TOML, _study, 3),
    Reader("roster.json", lambda: [samples.roster()], OF_JSON, _roster, 8),
    Reader("workbook.xlsx", lambda: [samples.workbook()], OF_XLSX, _workbook, 6),
    Reader("vroom.json", lambda: [samples.VROOM, samples.VROOM_MATRIX], OF_JSON, _instance(read_vroom, "v.json"), 8),
    Reader("cordeau.txt", lambda: [CORDEAU.encode()], OF_TEXT, _instance(read_cordeau, "c.txt"), 6),
    Reader("cordeau.txt.gz", lambda: [samples.gzipped()], OF_BYTES, _gzipped, 2),
    Reader("lilim.txt", lambda: [LILIM.encode()], OF_TEXT, _instance(read_lilim, "l.txt"), 4),
    Reader("mdhdarp.txt", lambda: [MDHDARP.encode()], OF_TEXT, _instance(read_mdhdarp, "m.txt"), 4),
    Reader("sartori.txt", lambda: [SARTORI.encode()], OF_TEXT, _instance(read_sartori, "s.txt"), 4),
    Reader("travel.npz", lambda: [samples.travel()], OF_NPZ, _travel, 6),
    Reader("extract.osm.pbf", lambda: [samples.pbf()], OF_BYTES, _extract, 3),
    Reader("road network", lambda: [samples.network()], OF_FOLDER, _network, 4),
)
