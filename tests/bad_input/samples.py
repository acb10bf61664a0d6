"""A small sound file of every format."""

from __future__ import annotations

import gzip
import io
import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import xlsxwriter

from geodata.extract.build import network_of_extract
from pts_optimiser.domain.roster_json import roster_document
from tests.bad_input.structured import packed
from tests.checking.builder import scenario
from tests.geodata.extract.little import cross
from tests.instances.samples import CORDEAU
from tests.intake.samples import duties_file, duty, inward, journeys_file, outward

JOURNEYS = journeys_file(
    inward(attendance_id="A1", booked_at="2026-03-20T10:00"),
    outward(attendance_id="A1", escorts="1", cohort="red", skills="oxygen;monitor"),
    inward(journey_id="J3", patient_ref="p-xyz", mobility="wheelchair", pickup_postcode="B15 2TH"),
    outward(journey_id="J4", patient_ref="p-uvw", mobility="stretcher", category="discharge", travel_alone="1"),
)
DUTIES = duties_file(
    duty(),
    duty(duty_id="D2", vehicle_id="V2", crew="2", skills="lift", contracts="pan_birmingham;cheshire"),
    duty(duty_id="D3", vehicle_id="V3", break_minutes="30", break_earliest="2026-03-27T10:00",
         break_latest="2026-03-27T11:30", energy="electric", range_km="90.5"),
)  # fmt: skip
DRIVES = b"from_lat,from_lon,to_lat,to_lon,minutes\n52.48,-1.90,52.451,-1.939,14.5\n52.52,-1.84,52.48,-1.9,9\n"
POLICY = b"""[use]
distancing = "two_metre"
[vehicle_types.minibus]
layouts = [{seats = 4}, {seats = 2, wheelchairs = 1}]
skills = ["lift"]
cost_per_hour = 6.5
cost_per_km = 0.2
co2e_kg_per_km = 0.3
energy = "diesel"
seat_positions_m = [[[0.3, 0.0], [0.9, 1.0], [1.1, 0.0], [1.5, 2.5]], [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]]
[standards.nw_2016.renal]
arrive_late_min = {target = 0, hard = 5}
[contracts]
cheshire = "nw_2016"
[traffic]
band_start = ["00:00", "06:30", "09:30", "15:00", "18:30", "20:00"]
"""
STUDY = b"""title = "a week"
[days.generate]
first = 2026-11-23
last = 2026-11-24
seed = 1
scale = 0.1
[defaults]
budget = 10
[[scenarios]]
name = "as it is"
[[scenarios]]
name = "apart"
distancing = ["two_metre", "one_party"]
electric = 0.5
[compare]
over = "distancing"
baseline = "off"
"""
VROOM = json.dumps(
    {
        "vehicles": [
            {"id": 1, "start": [-1.9, 52.5], "end": [-1.9, 52.5], "capacity": [4], "skills": [1],
             "time_window": [0, 36000], "speed_factor": 1.0,
             "breaks": [{"id": 1, "service": 1800, "time_windows": [[14000, 18000]]}]},
            {"id": 2, "start": [-1.8, 52.4], "capacity": [2], "time_window": [0, 30000], "max_travel_time": 9000},
        ],
        "jobs": [{"id": 1, "location": [-1.85, 52.45], "service": 300, "delivery": [1], "priority": 10}],
        "shipments": [
            {"amount": [1], "skills": [1], "pickup": {"id": 2, "location": [-1.9, 52.4], "time_windows": [[600, 9000]]},
             "delivery": {"id": 2, "location": [-1.7, 52.5], "service": 200}},
        ],
    }
).encode()  # fmt: skip
VROOM_MATRIX = json.dumps(
    {
        "vehicles": [{"id": 1, "start_index": 0, "end_index": 0, "max_distance": 9000}],
        "jobs": [{"id": 7, "location_index": 1}, {"id": 8, "location_index": 2}],
        "matrices": {"car": {"durations": [[0, 9, 8], [7, 0, 6], [5, 4, 0]],
                             "distances": [[0, 900, 800], [700, 0, 600], [500, 400, 0]]}},
    }
).encode()  # fmt: skip


def _said(type_: str, number: int, **fields: object) -> str:
    head = {"event_id": f"e{number}", "source": "desk", "sequence": number, "type": type_}
    times = {"occurred_at": "2026-03-27T09:00:00+00:00", "received_at": "2026-03-27T09:00:05+00:00"}
    return json.dumps(head | times | fields)


EVENTS = "\n".join([
    _said("journey_booked", 1, journey={"journey_id": "J9", "patient_ref": "p-9", "category": "outpatient",
          "direction": "outward", "pickup_place": "QEHB", "dropoff_place": "home", "pickup_lat": 52.451,
          "pickup_lon": -1.939, "dropoff_lat": 52.48, "dropoff_lon": -1.9, "mobility": "car",
          "ready_at": "2026-03-27T12:00"}),
    _said("journey_cancelled", 2, journey_id="J1", reason="own way", keep_return=True),
    _said("not_ready", 3, journey_id="J2", ready_at="2026-03-27T13:00"),
    _said("stop_begun", 4, duty_id="D1", journey_id="J1", kind="pickup"),
    _said("position", 5, duty_id="D1", lat=52.5, lon=-1.9),
    _said("duty_delayed", 6, duty_id="D1", minutes=15),
    _said("duty_extended", 7, duty_id="D1", end_at="2026-03-27T16:00"),
    _said("lock", 8, journey_id="J1", duty_id="D1", user="ann", reason="promised"),
    _said("travel_changed", 9, area={"south": 52.4, "west": -2, "north": 52.5, "east": -1.8},
          arcs=[[52.4, -1.9, 52.5, -1.8]], factor=1.5, **{"from": "2026-03-27T08:00", "until": "2026-03-27T10:00"}),
]).encode()  # fmt: skip


@cache
def roster() -> bytes:
    return json.dumps(roster_document(scenario().roster)).encode()


@cache
def workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("journeys")
    for row, line in enumerate(JOURNEYS.decode().splitlines()):
        sheet.write_row(row, 0, line.split(","))
    sheet.write_number(1, 8, 52.48)
    sheet.write_boolean(2, 20, True)
    book.close()
    return out.getvalue()


@cache
def travel() -> bytes:
    table = scenario().travel
    out = io.BytesIO()
    np.savez(out, **{name: getattr(table, name) for name in ("lat", "lon", "seconds", "metres", "band_start_s")})
    return out.getvalue()


@cache
def pbf() -> bytes:
    with TemporaryDirectory() as folder:
        return cross(
            Path(folder, "little.osm.pbf"), {"highway": "primary", "maxspeed": "40 mph", "oneway": "yes"}
        ).read_bytes()


@cache
def network() -> bytes:
    """The folder of a road network as an archive."""
    with TemporaryDirectory() as folder:
        extract = cross(Path(folder, "little.osm.pbf"), {"highway": "primary"})
        network_of_extract(extract).network.save(Path(folder, "net"))
        return packed({path.name: path.read_bytes() for path in Path(folder, "net").iterdir()})


@cache
def gzipped() -> bytes:
    return gzip.compress(CORDEAU.encode(), mtime=0)
