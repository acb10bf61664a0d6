"""The policy as written loads as the same policy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_document, policy_toml

OWN = b"""
[use]
standards = "mine"
distancing = "ours"
substitutes = ["stretcher", "wheelchair"]
[contracts]
new_one = "in_use"
other = "uk_benchmark"
[vehicle_types.minibus]
layouts = [{seats = 8}, {seats = 4, wheelchairs = 2}]
skills = ["d1"]
cost_per_hour = 7
cost_per_km = 0.1
co2e_kg_per_km = 0
energy = "electric"
[mobility.walker]
place = "seat"
crew = 1
exclusive = true
skills = ["d1", "a"]
dwell_min = {home_pickup = 0.75, home_dropoff = 1, site_pickup = 1, site_dropoff = 1.1, ward_pickup = 1}
[distancing.ours]
parties_aboard = {minibus = 3, default = 2}
household_exempt = false
clean_down_min = 2.5
[standards.mine]
source = 'us, "quoted"'
illustrative = true
[standards.mine.default]
arrive_early_min = {target = 20, hard = 30.5}
arrive_late_min = {target = 0, hard = 1}
collect_min = {target = 1, hard = 2}
aboard_min = {target = 1, hard = 2, hard_detour = 1.25, hard_detour_plus_min = 3}
target_percent = {arrive = 95.5}
[dayof]
promise_early_min = 7.5
promise_price = 2
most_changes_percent = 33.3
freeze_min = 10
overdue_at_most_min = 45.5
[traffic]
band_start = ["00:00", "07:15:30"]
speed_factor = {motorway = [1, 0.8], urban_main = [1, 0.8], urban_minor = [1, 0.8], rural = [1, 0.8]}
"""


def test_the_default_reads_back_equal(policy: Policy) -> None:
    assert load_policy(policy_toml(policy).encode()) == policy


@pytest.mark.parametrize("distancing", ["one_party", "two_metre", "one_metre_plus", "two_parties", "three_parties"])
@pytest.mark.parametrize("standards", ["nw_2016", "uk_benchmark", "generic_wm"])
def test_any_choice_of_profiles_reads_back_equal(distancing: str, standards: str) -> None:
    chosen = load_policy(None, distancing=distancing, standards=standards)
    assert load_policy(policy_toml(chosen).encode()) == chosen


def test_a_policy_of_ones_own_reads_back_equal(policy: Policy) -> None:
    own = load_policy(OWN)
    assert own != policy
    assert load_policy(policy_toml(own).encode()) == own


def test_the_document_names_what_is_in_use() -> None:
    document = policy_document(load_policy(None, distancing="two_metre"))
    assert document["use"] == {"distancing": "two_metre", "standards": "nw_2016", "substitutes": []}
    assert document["contracts"]["sandwell"] == "nw_2016"
    assert document["standards"]["nw_2016"]["renal"]["collect_min"] == {"target": 60, "hard": 90}


@given(st.floats(0, 1440), st.floats(0, 100), st.floats(1, 10))
@settings(max_examples=40)
def test_fractions_of_minutes_survive(minutes: float, percent: float, detour: float) -> None:
    text = f"""
[mobility.car.dwell_min]
home_pickup = {minutes:.9f}
[standards.nw_2016.renal]
arrive_early_min = {{target = {minutes:.9f}, hard = {minutes:.9f}}}
target_percent = {{arrive = {percent:.9f}}}
[standards.nw_2016.default.aboard_min]
hard_detour = {detour:.9f}
"""
    odd = load_policy(text.encode())
    assert load_policy(policy_toml(odd).encode()) == odd
