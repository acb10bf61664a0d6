"""How well tier 0 meets calibrated drives: ``python -m benchmarks.calibration [--fit] [--picture FILE]``.

Prints a Markdown table: five times the parameters are fitted without a fifth of the hospitals and judged on these. The
drives, from 2011 census areas to 25 acute hospitals, are read from the folder named by PTS_DATA (default
../shared/data). ``--fit`` also fits all hospitals and prints the parameters for ``geodata/tier0/fitted.py``;
``--picture`` draws the skeleton and the water (needs matplotlib).
"""

from __future__ import annotations

import argparse
import csv
import os
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from benchmarks.days import line
from geodata.tier0 import drives
from geodata.tier0.fitted import FITTED, KINDS, ROAD_CLASSES, Parameters
from geodata.tier0.plane import on_plane
from geodata.tier0.skeleton import skeleton
from geodata.tier0.water import crosses

FOLDER = Path(os.environ.get("PTS_DATA", Path(__file__).parents[2] / "shared" / "data"))
FOLDS = 5
NEAR_KM = 40.0
FAR_WEIGHT = 0.3
"""What a drive of NEAR_KM and more weighs in the fit: few journeys are so long, but most of the table is."""

LEAST = (0.3, 0.0, 0.0, 0.2, 70.0, 60.0, 45.0, 25.0)
MOST = (3.0, 9.0, 8.0, 3.0, 115.0, 110.0, 95.0, 80.0)
GUESS = (1.0, 3.0, 3.0, 1.0, 95.0, 80.0, 65.0, 45.0)
"""Bounds of all parameters but the first, which is held, and where each fit begins: not at what is packaged."""

COLOURS = ("#2c5aa0", "#2e8b57", "#c9a227", "#b5523b")
"""Of KINDS, in the picture."""

COLUMNS = (
    "hospitals", "drives under 40 km", "mean error, min", "mean error, %", "formula/1, %",
    "across the Mersey", "mean error, %", "all distances", "mean error, %",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Drives:
    """Calibrated ``minutes`` [sites, areas] with crow-fly ``km`` and whether the straight line is over the Mersey."""

    sites: tuple[str, ...]
    degrees: NDArray[np.float64]  # [areas + sites, 2] latitude and longitude
    places: NDArray[np.float64]  # [areas + sites, 2] on the plane
    minutes: NDArray[np.float64]
    km: NDArray[np.float64]
    over_mersey: NDArray[np.bool_]


def read(folder: Path = FOLDER) -> Drives:
    areas = {row["lsoa"]: (row["LAT"], row["LONG"]) for row in _rows(folder / "lsoa2011_area_centroids.csv")}
    at = {
        row["postcode"]: (row["Latitude"], row["Longitude"]) for row in _rows(folder / "stroke_hospital_sites_area.csv")
    }
    table = _rows(folder / "lsoa_to_hospital_minutes_area.csv")
    sites = tuple(name for name in table[0] if name in at)
    degrees = np.array([areas[row["LSOA"]] for row in table] + [at[site] for site in sites], np.float64)
    places = on_plane(degrees[:, 0], degrees[:, 1])
    homes, hospitals = places[: len(table)], places[len(table) :]
    net = skeleton()
    mersey = net.water[[name == "Mersey" for name in net.water_name]]
    return Drives(
        sites=sites,
        degrees=degrees,
        places=places,
        minutes=np.array([[float(row[site]) for row in table] for site in sites]),
        km=np.hypot(*(hospitals[:, None] - homes[None]).transpose(2, 0, 1)),
        over_mersey=np.array([[crosses(*home, *site, mersey) for home in homes] for site in hospitals]),
    )


def worked_out(data: Drives, parameters: Parameters, sites: list[int]) -> NDArray[np.float64]:
    """Minutes by tier 0 [sites, areas]."""
    homes = data.minutes.shape[1]
    places = np.concatenate([data.places[:homes], data.places[homes:][sites]])
    n = len(places)
    seconds, metres = np.empty((1, n, n), np.uint16), np.empty((n, n), np.int32)
    free = dict.fromkeys((*ROAD_CLASSES, "urban_minor"), (1.0,))
    formula = drives.Drives(free, 0, parameters)
    formula.between(formula.ways(places))(homes, n, seconds, metres)
    return seconds[0, homes:, :homes] / 60


def fitted(data: Drives, sites: list[int]) -> Parameters:
    """Parameters that make the relative errors small for these hospitals; large errors weigh less than squared."""
    truth = data.minutes[sites]
    weight = np.where(data.km[sites] < NEAR_KM, 1.0, FAR_WEIGHT) / truth

    def errors(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.ravel((worked_out(data, _parameters(vector), sites) - truth) * weight)

    found = least_squares(
        errors, GUESS, bounds=(LEAST, MOST), loss="soft_l1", f_scale=0.05, diff_step=0.01, x_scale=GUESS, xtol=1e-4,
        ftol=1e-5, max_nfev=30,
    )  # fmt: skip
    return _parameters(found.x)


def _parameters(vector: NDArray[np.float64]) -> Parameters:
    a, b, c, d, *speeds = (float(value) for value in vector)
    return Parameters(FITTED.start, a, b, c, d, (speeds[0], speeds[1], speeds[2], speeds[3]))


def judged(name: str, data: Drives, sites: list[int], minutes: NDArray[np.float64]) -> str:
    truth, km, over = data.minutes[sites], data.km[sites], data.over_mersey[sites]
    near = km < NEAR_KM
    error, old = np.abs(minutes - truth), np.abs(2.50 + 0.32 * km + 4.65 * np.sqrt(km) - truth)
    return line(
        (
            name, f"{near.sum():,}", _mean(error[near], "{:.2f}"), _mean((100 * error / truth)[near]),
            _mean((100 * old / truth)[near]), f"{(near & over).sum():,}", _mean((100 * error / truth)[near & over]),
            f"{near.size:,}", _mean(100 * error / truth),
        )
    )  # fmt: skip


def picture(file: Path) -> None:
    """Skeleton and water on the plane, with the names of junctions where there is room."""
    from matplotlib.figure import Figure  # noqa: PLC0415 — only this needs it

    net = skeleton()
    figure = Figure(figsize=(24, 32), layout="constrained")
    axes = figure.subplots()
    axes.set_aspect("equal")
    for piece in net.water:
        axes.plot(piece[::2], piece[1::2], color="#7db8da", linewidth=3)
    for (a, b), kind in zip(net.link, net.kind, strict=True):
        axes.plot(*net.at[[a, b]].T, color=COLOURS[kind], linewidth=1.5)
    for name, place in zip(net.name, net.at, strict=True):
        axes.annotate(name, place, fontsize=4)
    for kind, colour in zip(KINDS, COLOURS, strict=True):
        axes.plot([], [], color=colour, label=kind)
    axes.legend()
    figure.savefig(file)


def _mean(values: NDArray[np.float64], form: str = "{:.1f}") -> str:
    return form.format(values.mean()) if values.size else "–"


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit all hospitals and print the parameters")
    parser.add_argument("--picture", type=Path, help="draw skeleton and water, and do nothing else")
    options = parser.parse_args()
    if options.picture:
        return picture(options.picture)
    if not FOLDER.is_dir():
        raise SystemExit(f"No calibration data in {FOLDER}: set PTS_DATA to its folder.")
    data = read()
    everyone = list(range(len(data.sites)))
    began = process_time()
    print(line(COLUMNS) + "\n" + line("---" for _ in COLUMNS))
    held_out = np.empty_like(data.minutes)
    for fold in range(FOLDS):
        out = everyone[fold::FOLDS]
        parameters = fitted(data, [site for site in everyone if site not in out])
        held_out[out] = worked_out(data, parameters, out)
        print(judged(" ".join(data.sites[site] for site in out), data, out, held_out[out]), flush=True)
    print(judged("all, each held out once", data, everyone, held_out))
    print(judged("all, as packaged", data, everyone, worked_out(data, FITTED, everyone)))
    if options.fit:
        parameters = fitted(data, everyone)
        print(judged("all, fitted on all", data, everyone, worked_out(data, parameters, everyone)))
        print(f"\n{parameters}")
    print(f"\n{process_time() - began:.0f} s of the processor")
    return None


if __name__ == "__main__":
    main()
