"""Travel times as the referee sees them: a protocol, and the reader of ``travel.npz``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.errors import TravelTimesError

MOST_BYTES, MOST_RATIO = 200 << 20, 20
"""What unpacks to more than so many bytes, and so many times its own size, is a bomb and no travel times."""
TOLD = 300
"""Characters of another's message, which may quote the damaged file."""
ARRAYS = ("lat", "lon", "seconds", "metres", "band_start_s")


class Travel(Protocol):
    """Travel between n locations in b bands of the day.

    ``lat``, ``lon`` [n] degrees; ``seconds`` [b, n, n]; ``metres`` [n, n]; ``band_start_s`` [b] elapsed seconds
    after local midnight.
    """

    @property
    def lat(self) -> NDArray[np.floating[Any]]: ...
    @property
    def lon(self) -> NDArray[np.floating[Any]]: ...
    @property
    def seconds(self) -> NDArray[np.integer[Any]]: ...
    @property
    def metres(self) -> NDArray[np.integer[Any]]: ...
    @property
    def band_start_s(self) -> NDArray[np.integer[Any]]: ...


@dataclass(frozen=True, slots=True, eq=False)
class TravelTable:
    """The arrays of ``travel.npz``, read-only."""

    lat: NDArray[np.floating[Any]]
    lon: NDArray[np.floating[Any]]
    seconds: NDArray[np.integer[Any]]
    metres: NDArray[np.integer[Any]]
    band_start_s: NDArray[np.integer[Any]]


def read_travel(path: str | Path) -> TravelTable:
    """Read ``travel.npz`` and make sure that its arrays agree.

    Raises
    ------
    TravelTimesError
        The file is not there or not an npz, or an array is missing, of a wrong type or shape, or holds values that
        are no coordinates, times or distances.
    """
    arrays = _load(Path(path))
    missing = [name for name in ARRAYS if name not in arrays]
    if missing:
        raise TravelTimesError(f"{path}: missing {', '.join(missing)}; travel times need {', '.join(ARRAYS)}")
    for name in ARRAYS:
        wanted = np.floating if name in {"lat", "lon"} else np.integer
        if not np.issubdtype(arrays[name].dtype, wanted):
            raise TravelTimesError(f"{path}: {name} holds {arrays[name].dtype}, expected {wanted.__name__} numbers")
    _agree(path, arrays)
    for array in arrays.values():
        array.setflags(write=False)
    return TravelTable(**{name: arrays[name] for name in ARRAYS})


def _load(path: Path) -> dict[str, NDArray[Any]]:
    try:
        with path.open("rb") as file:  # opened here, as np.load leaves a broken file open
            return _arrays(file)
    except FileNotFoundError as error:
        raise TravelTimesError(f"{path}: no such file; travel.npz stands beside roster.json") from error
    except Exception as error:  # a damaged file makes zipfile and numpy raise whatever they like
        raise TravelTimesError(f"{path}: not a readable npz: {str(error)[:TOLD]}") from error


def _arrays(file: IO[bytes]) -> dict[str, NDArray[Any]]:
    archive = np.load(file, allow_pickle=False)
    if not isinstance(archive, np.lib.npyio.NpzFile):
        raise ValueError(f"one array, expected an npz of {', '.join(ARRAYS)}")
    with archive:
        parts = archive.zip.infolist() if archive.zip else []
        packed = sum(part.compress_size for part in parts)
        if sum(part.file_size for part in parts) > max(MOST_BYTES, MOST_RATIO * packed):
            raise ValueError("it unpacks to too much")
        arrays = {name: archive[name] for name in ARRAYS if name in archive.files}
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray):
            raise ValueError(f"{name} is no array")
    return arrays


def _agree(path: str | Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Refuse shapes that do not fit each other and values that cannot be meant."""
    places, bands = arrays["lat"].size, arrays["band_start_s"].size
    shapes = {
        "lat": (places,),
        "lon": (places,),
        "seconds": (bands, places, places),
        "metres": (places, places),
        "band_start_s": (bands,),
    }
    for name, shape in shapes.items():
        if arrays[name].shape != shape:
            raise TravelTimesError(
                f"{path}: {name} is {arrays[name].shape}, expected {shape} for {places} locations and {bands} bands"
            )
    if not bands:
        raise TravelTimesError(f"{path}: band_start_s is empty, expected at least one band")
    for name, most in (("lat", 90), ("lon", 180)):
        if not np.isfinite(arrays[name]).all():
            raise TravelTimesError(f"{path}: {name} holds values that are not finite")
        if (abs(arrays[name]) > most).any():
            raise TravelTimesError(f"{path}: {name} holds values that are no degrees")
    for name in ("seconds", "metres"):
        if (arrays[name] < 0).any():
            raise TravelTimesError(f"{path}: {name} holds negative values")
