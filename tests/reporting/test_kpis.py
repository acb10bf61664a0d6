"""Every figure of the small roster, worked out by hand; what must hold on any roster."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pts_optimiser.domain.policy import Distancing
from pts_optimiser.reporting.kpis import kpis, with_kpis

from . import small
from .builder import build


@pytest.fixture(scope="module")
def figures():
    return kpis(small.roster(), small.journeys(), small.duties(), small.policy(), small.travel())


def test_served_and_unserved_are_counted_and_the_first_reason_stands_for_all(figures):
    assert (figures["journeys"], figures["served"], figures["unserved"]) == (5, 4, 1)
    assert figures["served_percent"] == 80
    assert figures["unserved_by_reason"] == {"no_time": 1}
    assert figures["by_category"]["outpatient"] == {"journeys": 3, "served": 2}


def test_seat_utilisation_by_hand(figures):
    # Loaded legs: (seats taken, by patients, offered, s, km); a wheelchair position is two seats.
    #   A  P→Q  1 escort + position = 3, 2, 4 + 2 = 6, 300, 3     A  Q→H  one more = 4, 3, 6, 900, 12
    #   A  H→Q  1, 1, 6, 900, 12                                  B  H→P  1, 1, 5, 1000, 11
    # Empty legs, seats in use × s: A 6 × (600 + 600), B 5 × (1200 + 600).
    nominal = figures["seat_utilisation"]["nominal"]
    assert nominal["U1"] == pytest.approx((900 + 3600 + 900 + 1000) / (6 * 2100 + 5 * 1000), abs=1e-4)
    assert nominal["U1p"] == pytest.approx((600 + 2700 + 900 + 1000) / 17600, abs=1e-4)
    assert nominal["U2"] == pytest.approx(6400 / (17600 + 6 * 1200 + 5 * 1800), abs=1e-4)
    assert nominal["U3"] == pytest.approx((9 + 48 + 12 + 11) / (6 * 27 + 5 * 11), abs=1e-4)
    assert nominal["U4"] == pytest.approx((4 / 6 + 1 / 6 + 1 / 5) / 3, abs=1e-4)
    assert nominal["U5"] == pytest.approx(4 / 3, abs=1e-4)
    assert nominal["U6"] == pytest.approx((2 + 1 + 1 + 1) / (6 + 6 + 5), abs=1e-4)


def test_raw_places_count_a_wheelchair_position_once(figures):
    raw = figures["seat_utilisation"]["nominal_raw_places"]
    assert raw["U1"] == pytest.approx((2 * 300 + 3 * 900 + 900 + 1000) / (5 * 1200 + 6 * 900 + 5 * 1000), abs=1e-4)
    assert figures["seat_utilisation"]["wheelchair_positions_U1"] == 1  # J1 sits in the only position all the way


def test_productivity_by_hand(figures):
    # In service: A 07:30 to 11:20 less 30 min = 3 h 20, B 08:00 to 09:00:40 = 1.0111 h.
    assert figures["service_hours"] == pytest.approx(10 / 3 + 1 + 40 / 3600, abs=1e-4)
    assert figures["journeys_per_vehicle_hour"] == pytest.approx(4 / 4.344444, abs=1e-4)
    assert figures["journeys_per_crew_hour"] == pytest.approx(4 / (2 * 10 / 3 + 1.011111), abs=1e-4)
    assert (figures["runs"], figures["patients_per_run"]) == (3, 1.3333)
    assert (figures["duties_offered"], figures["duties_used"], figures["layout_changes"]) == (3, 2, 1)
    assert figures["driven_km"] == 68
    assert figures["driven_hours"] == pytest.approx(6100 / 3600, abs=1e-4)


def test_empty_running_by_hand(figures):
    # Empty: A 6 km out, 6 km home; B 12 km out, 6 km home; 3000 of 6100 s.
    assert figures["empty_running"] == {
        "km_percent": pytest.approx(100 * 30 / 68, abs=1e-4),
        "minutes_percent": pytest.approx(100 * 3000 / 6100, abs=1e-4),
        "positioning_km": 18,
        "return_to_base_km": 12,
    }


def test_cost_and_carbon_by_hand(figures):
    # Paid: A 2 × (8 − 0.5) h, B 4 h. Vehicles £6 an hour in service; 39 km × £0.32 + 29 km × £0.14.
    assert figures["paid_hours"] == 19
    assert figures["cost"] == {"crew": 399, "vehicle_hours": 26.07, "vehicle_km": 16.54, "total": 441.61,
                               "per_journey": pytest.approx(441.606667 / 4, abs=1e-4)}  # fmt: skip
    assert figures["co2e"] == {"total_kg": 12.17, "per_journey_kg": 3.0425}  # 39 × 0.26 + 29 × 0.07
    assert figures["zero_emission"] == {"journeys_percent": 25, "km_percent": pytest.approx(100 * 29 / 68, abs=1e-4)}


def test_an_electric_duty_of_a_diesel_type_has_the_rates_of_an_electric_kilometre():
    electric = [replace(duty, energy="electric") for duty in small.duties()]
    found = kpis(small.roster(), small.journeys(), electric, small.policy(), small.travel())
    assert found["cost"]["vehicle_km"] == pytest.approx(68 * 0.14, abs=0.01)
    assert found["cost"]["total"] == pytest.approx(441.61 - 39 * (0.32 - 0.14), abs=0.01)
    assert found["co2e"]["total_kg"] == pytest.approx(68 * 0.07, abs=1e-4)
    assert found["zero_emission"] == {"journeys_percent": 100, "km_percent": 100}


def test_time_aboard_by_hand(figures):
    # J1 07:45 to 08:14, J2 07:55 to 08:20, J3 10:50 to 11:05, J4 08:30 to 08:46:40; direct 1000, 900, 900, 1000 s.
    aboard = figures["time_aboard"]
    assert aboard["mean_min"] == pytest.approx((29 + 25 + 15 + 1000 / 60) / 4, abs=1e-4)
    assert aboard["p90_min"] == pytest.approx(25 + 0.7 * 4, abs=1e-4)
    assert aboard["detour_ratio_mean"] == pytest.approx((1.74 + 1500 / 900 + 1 + 1) / 4, abs=1e-4)


def test_waits_and_arrivals_by_hand(figures):
    # Waits J3 45, J4 24 min. J1 sets down 46 min before the appointment, J2 on the minute.
    assert figures["wait_after_ready"] == {
        "journeys": 2, "p50_min": 34.5, "p90_min": pytest.approx(42.9),
        "within_30_percent": 50, "within_60_percent": 100, "within_90_percent": 100,
    }  # fmt: skip
    assert figures["arrivals"] == {
        "journeys": 2, "early_mean_min": 23, "early_p90_min": pytest.approx(41.4),
        "late_journeys": 0, "late_mean_min": None, "late_p90_min": None,
    }  # fmt: skip


def test_breaks_kept_out_of_breaks_due(figures):
    assert figures["break_compliance"] == {"due": 1, "kept": 1, "percent": 100}


def test_standards_met_counts_only_rows_with_a_target(figures):
    # Renal arrive (missed by a minute) and aboard, discharge collect and aboard, outpatient all three.
    assert (figures["standards_met"], figures["standards_with_target"]) == (6, 7)


def test_an_empty_day_has_figures_of_nothing():
    roster = small.roster()
    nothing = type(roster)(roster.service_date, {}, {}, {}, {}, (), ())
    figures = kpis(nothing, [], [], small.policy(), small.travel())
    assert figures["served"] == 0
    assert figures["cost"]["per_journey"] is None
    assert figures["seat_utilisation"]["nominal"]["U1"] is None


CAPS = st.one_of(
    st.none(),
    st.builds(Distancing, st.just("cap"), st.just({}), st.integers(1, 4), st.booleans(), st.just(300)),
)


@settings(max_examples=15, deadline=None)
@given(duties=st.integers(1, 5), seed=st.integers(0, 1000), distancing=CAPS)
def test_shares_stay_between_zero_and_one_and_sums_agree(duties, seed, distancing):
    publication = build(duties, seed, unserved=3, distancing=distancing)
    figures = publication.roster.kpis
    for key in ("nominal", "permitted", "nominal_raw_places", "permitted_raw_places"):
        family = figures["seat_utilisation"][key]
        assert all(0 <= family[name] <= 1 for name in ("U1", "U1p", "U2", "U3", "U4"))
        assert family["U1p"] <= family["U1"]
        assert family["U2"] <= family["U1"]
    assert figures["seat_utilisation"]["permitted"]["U1"] >= figures["seat_utilisation"]["nominal"]["U1"]
    assert figures["served"] + figures["unserved"] == figures["journeys"] == len(publication.journeys)
    assert sum(figures["unserved_by_reason"].values()) == figures["unserved"]
    assert sum(row["served"] for row in figures["by_category"].values()) == figures["served"]
    for row in figures["standards"]:
        assert 0 <= row["missed"] <= row["journeys_counted"]
    aboard = [row for row in figures["standards"] if row["measure"] == "aboard"]
    assert sum(r["journeys_counted"] + r["unavoidable"] + r["excluded"] for r in aboard) == figures["journeys"]
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures


def test_with_kpis_changes_nothing_else():
    roster = small.roster()
    filled = with_kpis(roster, small.journeys(), small.duties(), small.policy(), small.travel())
    assert filled.kpis["served"] == 4
    assert (filled.duties, filled.unserved) == (roster.duties, roster.unserved)
