"""A folder that holds the network of an extract, built where it is not there yet."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import RoadsError
from geodata.extract.build import network_of_extract, silent
from geodata.extract.reading import OnProgress
from geodata.network import RoadNetwork, open_network
from geodata.store import fingerprint, refuse_foreign

ROOM = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A network in its folder; ``built`` is False where it had been there. The rest as in ``Made``."""

    network: RoadNetwork
    built: bool
    roads: int
    left_out_km: float


def prepared_network(extract: Path, folder: Path, *, tolls: bool = True, on_progress: OnProgress = silent) -> Ready:
    """The network of an extract in a folder: opened where extract and rules are those it was built from, else built.

    Raises
    ------
    RoadsError
        An extract that cannot be read, or a folder that holds something else or cannot be written.
    """
    made_from = {"extract": _sha256(extract), "rules": rules_key(tolls=tolls), "tolls": tolls}
    there = _opened(folder, made_from)
    if there is not None:
        return there
    _refuse_before_work(folder)
    made = network_of_extract(extract, tolls=tolls, on_progress=on_progress)
    on_progress("saving", made.roads)
    made.network.save(folder, **made_from, roads=made.roads, left_out_km=made.left_out_km)
    return Ready(made.network, True, made.roads, made.left_out_km)


def rules_key(*, tolls: bool) -> str:
    """Names all that decides what becomes of an extract: the code and the tables of this room, and the switch."""
    files = sorted([*ROOM.glob("*.py"), *(ROOM / "data").glob("*.csv")])
    return fingerprint(*(file.read_bytes() for file in files), bytes([tolls]))


def _opened(folder: Path, made_from: dict[str, Any]) -> Ready | None:
    """What is there, if it is what is wanted, and sound."""
    try:
        network, meta = open_network(folder)
    except RoadsError:
        return None
    if any(meta.get(name) != value for name, value in made_from.items()):
        return None
    return Ready(network, False, meta["roads"], meta["left_out_km"])


def _refuse_before_work(folder: Path) -> None:
    """What can be known before a minute of work is told before it."""
    refuse_foreign(folder)
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise RoadsError(f"{above}: cannot be written; choose another folder")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RoadsError(
            f"{path}: cannot be read ({error.strerror}); give the path of an OpenStreetMap extract (.osm.pbf)"
        ) from error
