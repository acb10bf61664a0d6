"""A breakdown adds up to the figures of the day, whatever it is split by."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from pts_optimiser.domain.policy import Distancing
from pts_optimiser.reporting.breakdown.document import figures_document
from pts_optimiser.reporting.kpis import kpis
from pts_optimiser.reporting.publication import Publication
from tests.reporting import small
from tests.services.hosted.town_day import planned


def _publication(distancing: Distancing | None = None, **changed: Any) -> Publication:
    return Publication(
        roster=small.roster(),
        journeys=changed.get("journeys", small.journeys()),
        duties=small.duties(),
        policy=small.policy(distancing),
        travel=small.travel(),
        journeys_csv="",
        duties_csv="",
        policy_toml="",
        travel_npz=b"",
    )


@cache
def _town() -> Publication:
    plan = planned()
    return Publication(
        plan.roster,
        tuple(plan.journeys.values()),
        tuple(plan.duties.values()),
        plan.policy,
        plan.travel,
        "",
        "",
        "",
        b"",
    )


def values(document: dict[str, Any], **chosen: int) -> dict[str, float | None]:
    """Every figure over the cells that are chosen."""
    cells = document["cells"]
    rows = [n for n in range(len(cells["hour"])) if all(cells[name][n] == value for name, value in chosen.items())]

    def total(name: str) -> float:
        return float(sum(cells[name][n] for n in rows))

    found: dict[str, float | None] = {}
    for figure in document["figures"]:
        whole = total(figure["by"]) if figure["by"] else 1.0
        found[figure["key"]] = figure["scale"] * total(figure["over"]) / whole if whole else None
    return found


@pytest.mark.parametrize("publication", [_publication(), _town()], ids=["small", "town"])
def test_all_cells_together_are_the_figures_of_the_day(publication: Publication) -> None:
    found = values(figures_document(publication))
    day = kpis(publication.roster, publication.journeys, publication.duties, publication.policy, publication.travel)
    for name in ("U1", "U1p", "U2", "U3", "U4", "U6"):
        for seats, tail in (("nominal", ""), ("permitted", "_permitted")):
            assert found[name + tail] == pytest.approx(100 * day["seat_utilisation"][seats][name], abs=0.01), (
                name + tail
            )
    assert found["U5"] == pytest.approx(day["patients_per_run"], abs=1e-3)
    for name in ("service_hours", "paid_hours", "driven_hours", "driven_km", "journeys", "served_percent"):
        assert found[name] == pytest.approx(day[name], abs=1e-3), name
    assert found["productivity"] == pytest.approx(day["journeys_per_vehicle_hour"], abs=1e-3)
    assert found["empty_km_percent"] == pytest.approx(day["empty_running"]["km_percent"], abs=1e-3)
    assert found["cost"] == pytest.approx(day["cost"]["total"], abs=0.02)
    assert found["cost_per_journey"] == pytest.approx(day["cost"]["per_journey"], abs=0.01)
    assert found["co2e"] == pytest.approx(day["co2e"]["total_kg"], abs=0.01)
    assert found["co2e_per_journey"] == pytest.approx(day["co2e"]["per_journey_kg"], abs=1e-3)
    assert found["aboard_mean"] == pytest.approx(day["time_aboard"]["mean_min"], abs=1e-3)


def test_figures_of_utilisation_come_by_number_and_those_of_permitted_seats_after() -> None:
    names = [figure["key"] for figure in figures_document(_town())["figures"]][:13]
    assert names[:7] == ["U1", "U1p", "U2", "U3", "U4", "U5", "U6"]
    assert names[7:] == [f"{name}_permitted" for name in names[:7] if name != "U5"]


def test_standards_together_are_those_of_the_day() -> None:
    document, day = figures_document(_town()), _town().roster.kpis["standards"]
    columns = document["standards"]
    for row in day:
        wanted = {name: row[name] for name in ("profile", "category", "measure", "target_percent", "illustrative")}
        target = document["targets"].index(wanted)
        rows = [n for n, number in enumerate(columns["target"]) if number == target]
        for name, told in (
            ("counted", "journeys_counted"),
            ("missed", "missed"),
            ("unavoidable", "unavoidable"),
            ("excluded", "excluded"),
        ):
            assert sum(columns[name][n] for n in rows) == row[told]


def test_a_shared_drive_is_shared_by_the_seats_taken() -> None:
    # A drives J1 (wheelchair with escort: 3 seats) and J2 (1 seat) 900 s together, J1 alone 300 s, J3 alone 900 s.
    journeys = [replace(one, contract="arden") if one.journey_id == "J2" else one for one in small.journeys()]
    document = figures_document(_publication(journeys=journeys))
    cells, arden = document["cells"], document["contracts"].index("arden")
    mine = [n for n, contract in enumerate(cells["contract"]) if contract == arden]
    assert sum(cells["taken_s"][n] for n in mine) == pytest.approx(900)
    assert sum(cells["offered_loaded_s"][n] for n in mine) == pytest.approx(6 * 900 / 4)
    assert sum(cells["runs"][n] for n in mine) == pytest.approx(1 / 4)
    assert sum(cells["boardings"][n] for n in mine) == 1


def test_what_a_duty_drives_for_nobody_belongs_to_no_contract() -> None:
    roster = small.roster()
    first = roster.duties[0]
    idle = replace(first, duty_id="C", stops=(first.stops[0], replace(first.stops[-1], travel_s=600, travel_m=6000)))
    document = figures_document(replace(_publication(), roster=replace(roster, duties=(*roster.duties, idle))))
    mine = [n for n, contract in enumerate(document["cells"]["contract"]) if document["contracts"][contract] == ""]
    assert sum(document["cells"]["empty_m"][n] for n in mine) == 6000
    assert sum(document["cells"]["paid_s"][n] for n in mine) == 2 * 8 * 3600


def test_hours_are_those_in_which_it_happens() -> None:
    # A is in service from 07:30 to 11:20 with a break of half an hour, B from 08:00 to 09:00:40.
    document = figures_document(_publication())
    by_hour: Counter[int] = Counter()
    for hour, seconds in zip(document["cells"]["hour"], document["cells"]["service_s"], strict=True):
        by_hour[hour] += seconds
    assert by_hour[7] == 1800
    assert by_hour[8] == 2 * 3600
    assert by_hour.total() == pytest.approx((10 / 3 + 1) * 3600 + 40)
    assert by_hour[9] == pytest.approx(3600 + 40, abs=1800)


def test_a_cap_on_parties_raises_utilisation_of_permitted_seats_alone() -> None:
    cap = Distancing("two_metre", {"standard_pts": 2}, 1, household_exempt=True, clean_down=300)
    free, capped = values(figures_document(_publication())), values(figures_document(_publication(cap)))
    assert capped["U1"] == free["U1"]
    assert capped["U1_permitted"] > free["U1_permitted"] == free["U1"]


def test_who_sees_some_contracts_gets_no_sums_of_vehicles() -> None:
    document = figures_document(_town(), patients_only=True)
    assert "cost" not in document["cells"]
    assert "taken_s" not in document["cells"]
    assert {figure["over"] for figure in document["figures"]} <= document["cells"].keys()
