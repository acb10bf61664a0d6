"""The default policy and what may be laid over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.journey import Category, PlaceKind
from pts_optimiser.domain.policy import AboardLimit, BreakRule, DayOf, Layout, Limit, Policy
from pts_optimiser.intake.policy import DEFAULT, load_policy
from pts_optimiser.intake.policy_document import policy_toml

WHOLE_STANDARD = b"""
arrive_early_min = {target=1, hard=2}
arrive_late_min = {target=0, hard=1}
collect_min = {target=1, hard=2}
aboard_min = {target=1, hard=2, hard_detour=1.5, hard_detour_plus_min=3}
target_percent = {arrive=95}
"""


def refused(overlay: bytes | Path, **names: str) -> tuple[Issue, ...]:
    with pytest.raises(InputError) as raised:
        load_policy(overlay, **names)
    assert raised.value.issues
    return raised.value.issues


def test_the_default_has_the_six_vehicle_types_and_nine_mobility_codes(policy: Policy) -> None:
    assert list(policy.vehicle_types) == ["car", "small_pts", "standard_pts", "stretcher_pts", "bariatric", "hdu"]
    assert list(policy.mobilities) == [
        "car",
        "assist1",
        "assist2",
        "wc_transfer",
        "wheelchair",
        "electric",
        "stretcher",
        "bariatric",
        "hdu",
    ]
    assert [code for code, mobility in policy.mobilities.items() if mobility.exclusive] == ["bariatric", "hdu"]
    assert policy.vehicle_types["standard_pts"].layouts == (Layout(6), Layout(4, 1), Layout(2, 2))


def test_by_default_every_mobility_has_a_vehicle_that_can_carry_it(policy: Policy) -> None:
    for mobility in policy.mobilities.values():
        field = f"{mobility.place}s"
        assert any(
            mobility.skills <= kind.skills and any(getattr(layout, field) for layout in kind.layouts)
            for kind in policy.vehicle_types.values()
        ), mobility.code


def test_the_north_west_profile_has_the_published_targets(policy: Policy) -> None:
    by_category = policy.standards["nw_2016"].by_category
    for category in (Category.RENAL, Category.ONCOLOGY):
        standard = by_category[category]
        assert (standard.arrive_early, standard.arrive_late) == (Limit(2700, 4500), Limit(0, 600))
        assert standard.collect == Limit(3600, 5400)
        assert standard.aboard == AboardLimit(3600, 5400, 1.5, 1800)
        assert standard.target_percent == {"arrive": 90, "aboard": 85, "collect": 85}
    planned = by_category[Category.OUTPATIENT]
    assert planned.arrive_early.target == 3600
    assert planned.target_percent == {"arrive": 90, "aboard": 80, "collect": 80}
    assert by_category[Category.DISCHARGE].target_percent == {"aboard": 80, "collect": 80}


def test_every_profile_covers_every_category_and_only_one_is_illustrative(policy: Policy) -> None:
    assert all(set(profile.by_category) == set(Category) for profile in policy.standards.values())
    assert [name for name, profile in policy.standards.items() if profile.illustrative] == ["generic_wm"]
    assert policy.standards["uk_benchmark"].by_category[Category.RENAL].collect.target == 1800


def test_minutes_become_seconds_and_clocks_seconds_of_the_day(policy: Policy) -> None:
    dwell = policy.mobilities["stretcher"].dwell
    assert (dwell.pickup(PlaceKind.HOME), dwell.pickup(PlaceKind.WARD), dwell.dropoff(PlaceKind.SITE)) == (
        840,
        1320,
        840,
    )
    assert policy.site_overhead == {"acute": 240, "site": 60, "home": 0}
    assert policy.traffic.band_starts == (0, 23400, 34200, 54000, 66600, 72000)
    assert policy.traffic.speed_factors["urban_main"] == (0.95, 0.60, 0.72, 0.57, 0.80, 0.95)
    assert policy.break_rule == BreakRule(180 * 60, 360 * 60)


def test_the_day_has_its_tolerances_in_seconds_and_its_prices_in_driving(policy: Policy) -> None:
    assert policy.dayof == DayOf(900, 1800, 900, 0.5, 300, 15.0, 0, 14400)


def test_dialysis_weighs_most(policy: Policy) -> None:
    ranked = sorted(policy.priorities, key=lambda category: -policy.priorities[category])
    assert ranked[:3] == [Category.RENAL, Category.HDU, Category.ONCOLOGY]


def test_distancing_is_off_by_default_and_chosen_by_name(policy: Policy) -> None:
    assert policy.distancing is None
    chosen = load_policy(None, distancing="two_metre").distancing
    assert chosen is not None
    assert (chosen.cap("standard_pts"), chosen.cap("car"), chosen.clean_down) == (2, 1, 300)


def test_an_overlay_changes_what_it_names_and_nothing_else(policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[mobility.car.dwell_min]\nhome_pickup = 4.5\n[vehicle_types.car]\nlayouts = [{seats = 2}]\n")
    changed = load_policy(path)
    assert changed.mobilities["car"].dwell.home_pickup == 270
    assert changed.mobilities["car"].dwell.home_dropoff == policy.mobilities["car"].dwell.home_dropoff
    assert changed.vehicle_types["car"].layouts == (Layout(2),)
    assert changed.standards == policy.standards


def test_options_go_before_the_overlay() -> None:
    changed = load_policy(b"[use]\nstandards = 'generic_wm'\ndistancing = 'two_metre'\n", standards="uk_benchmark")
    assert changed.standards_name == "uk_benchmark"
    assert changed.distancing is not None
    assert load_policy(b"[use]\ndistancing = 'two_metre'\n", distancing="off").distancing is None


def test_contracts_in_use_follow_the_profile_in_use_and_others_keep_theirs() -> None:
    contracts = load_policy(None, standards="generic_wm").contracts
    assert (contracts["sandwell"], contracts["cheshire"]) == ("generic_wm", "nw_2016")
    assert set(contracts) == {"pan_birmingham", "sandwell", "black_country", "coventry_warwickshire", "cheshire"}


def test_a_profile_of_ones_own_is_completed_from_its_default() -> None:
    text = b"[use]\nstandards='mine'\n[standards.mine]\nsource='us'\n[standards.mine.default]" + WHOLE_STANDARD
    own = load_policy(text + b"[standards.mine.hdu]\ntarget_percent = {collect=50}\n").standards["mine"]
    assert own.by_category[Category.RENAL].target_percent == {"arrive": 95}
    assert own.by_category[Category.HDU].target_percent == {"collect": 50}
    assert own.by_category[Category.HDU].collect == Limit(60, 120)


def test_a_profile_that_leaves_a_category_open_is_refused_once_a_key() -> None:
    issues = refused(b"[standards.mine]\nsource='us'\n[standards.mine.renal]" + WHOLE_STANDARD)
    assert [issue.column for issue in issues] == [
        f"standards.mine.default.{key}"
        for key in ("arrive_early_min", "arrive_late_min", "collect_min", "aboard_min", "target_percent")
    ]
    assert {issue.code for issue in issues} == {"missing_key"}


@pytest.mark.parametrize(
    ("overlay", "column", "near"),
    [
        (b"[mobilty.car]\ncrew = 1", "mobilty", "'mobility'"),
        (b"[vehicle_types.car]\nlayout = []", "vehicle_types.car.layout", "'layouts'"),
        (b"[vehicle_types.car]\nlayouts = [{seat = 1}]", "vehicle_types.car.layouts.0.seat", "'seats'"),
        (b"[standards.nw_2016.renl]", "standards.nw_2016.renl", "'renal'"),
        (b"[standards.nw_2016.renal]\ncolect_min = {}", "standards.nw_2016.renal.colect_min", "'collect_min'"),
        (b"[standards.nw_2016.renal.collect_min]\ntraget=1", "standards.nw_2016.renal.collect_min.traget", "'target'"),
        (b"[traffic.speed_factor]\nmotorways = [1]", "traffic.speed_factor.motorways", "'motorway'"),
        (b"[places]\nsite_overhead_min = {acut = 1}", "places.site_overhead_min.acut", "'acute'"),
        (b"[priorities]\nHDU = 1", "priorities.HDU", "'hdu'"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_one(overlay: bytes, column: str, near: str) -> None:
    [issue] = refused(overlay)
    assert (issue.column, issue.code) == (column, "unknown_key")
    assert near in issue.hint


@pytest.mark.parametrize(
    ("overlay", "column"),
    [
        (b"use = 3", "use"),
        (b"[use]\nsubstitutes = ['seat']", "use.substitutes.0"),
        (b"[mobility.car]\ncrew = 3", "mobility.car.crew"),
        (b"[mobility.car]\ncrew = true", "mobility.car.crew"),
        (b"[mobility.car]\nexclusive = 1", "mobility.car.exclusive"),
        (b"[mobility.car]\nplace = 'roof'", "mobility.car.place"),
        (b"[mobility.car]\nskills = ['a;b']", "mobility.car.skills.0"),
        (b"[mobility.car.dwell_min]\nhome_pickup = '3'", "mobility.car.dwell_min.home_pickup"),
        (b"[mobility.car.dwell_min]\nhome_pickup = -1", "mobility.car.dwell_min.home_pickup"),
        (b"[costs]\ncrew_per_hour = nan", "costs.crew_per_hour"),
        (b"[dayof]\nmost_changes_percent = 101", "dayof.most_changes_percent"),
        (b"[dayof]\npromise_late_min = -1", "dayof.promise_late_min"),
        (b"[dayof]\npromise_price = -0.5", "dayof.promise_price"),
        (b"[dayof]\noverdue_at_most_min = -1", "dayof.overdue_at_most_min"),
        (b"[vehicle_types.car]\nlayouts = []", "vehicle_types.car.layouts"),
        (b"[vehicle_types.car]\nlayouts = [{seats = 0}]", "vehicle_types.car.layouts.0"),
        (b"[vehicle_types.car]\nenergy = 'petrol'", "vehicle_types.car.energy"),
        (b"[standards.nw_2016.renal]\ncollect_min = {target = 91}", "standards.nw_2016.renal.collect_min"),
        (b"[priorities]\nrenal = 1.5", "priorities.renal"),
        (b"[distancing.two_metre]\nparties_aboard = {default = 0}", "distancing.two_metre.parties_aboard.default"),
        (b"[distancing.x]\nparties_aboard = {car = 1}\nhousehold_exempt = true\nclean_down_min = 0", "distancing.x"),
        (b"[traffic]\nband_start = ['00:00', '12:00']", "traffic"),
        (b"[traffic]\nband_start = ['01:00', '06:30', '09:30', '15:00', '18:30', '20:00']", "traffic"),
        (b"[traffic]\nband_start = ['00:00', '06:30', '06:30', '15:00', '18:30', '20:00']", "traffic"),
        (b"[traffic]\nband_start = ['24:00']", "traffic.band_start.0"),
        (b"[breaks]\nearliest_after_min = 400", "breaks"),
        (b"[area]\nsouth = 55", "area"),
        (b"[area]\nsouth = 0x" + b"f" * 9999, "area.south"),
        (b"[priorities]\nrenal = 0x" + b"f" * 9999, "priorities.renal"),
    ],
)
def test_a_bad_value_is_named(overlay: bytes, column: str) -> None:
    [issue] = refused(overlay)
    assert (issue.column, issue.code) == (column, "bad_value")


def test_a_new_table_must_be_whole() -> None:
    issues = refused(b"[vehicle_types.minibus]\nlayouts = [{seats = 8}]\n")
    assert {issue.code for issue in issues} == {"missing_key"}
    assert "vehicle_types.minibus.energy" in {issue.column for issue in issues}


def test_all_faults_come_at_once() -> None:
    issues = refused(b"nonsense = 1\n[mobility.car]\ncrew = 9\n[vehicle_types.van]\n")
    assert {issue.code for issue in issues} == {"unknown_key", "bad_value", "missing_key"}


@pytest.mark.parametrize(
    ("overlay", "names", "column"),
    [
        (b"[use]\nstandards = 'nw_2015'", {}, "use.standards"),
        (b"", {"standards": "nw_2015"}, "use.standards"),
        (b"", {"distancing": "two_meter"}, "use.distancing"),
        (b"[contracts]\nmine = 'nw_2015'", {}, "contracts.mine"),
    ],
)
def test_an_unknown_profile_is_named_with_the_nearest_one(overlay: bytes, names: dict[str, str], column: str) -> None:
    [issue] = refused(overlay, **names)
    assert (issue.column, issue.code) == (column, "unknown_profile")
    assert "did you mean" in issue.hint


def test_a_cap_for_an_unknown_vehicle_type_is_refused() -> None:
    [issue] = refused(b"[distancing.two_metre.parties_aboard]\nstandart_pts = 2")
    assert issue.code == "unknown_vehicle_type"
    assert "'standard_pts'" in issue.hint


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a = ", "bad_toml"),
        (b"a = '\xff'", "bad_encoding"),
        (b"a = 1\0", "bad_toml"),
        (b"a = " + b"[" * 9999, "bad_toml"),
        (b"a = " + b"9" * 9999, "bad_toml"),
    ],
)
def test_what_is_no_toml_is_refused(data: bytes, code: str) -> None:
    assert [issue.code for issue in refused(data)] == [code]


def test_a_missing_policy_file_is_refused_by_name(tmp_path: Path) -> None:
    [issue] = refused(tmp_path / "none.toml")
    assert (issue.file, issue.code) == ("none.toml", "unreadable_file")


def test_a_byte_order_mark_is_passed_over() -> None:
    assert load_policy(b"\xef\xbb\xbf[use]\nstandards = 'generic_wm'\n").standards_name == "generic_wm"


def test_every_source_cited_in_the_default_is_listed_in_it() -> None:
    body, _, sources = DEFAULT.read_text(encoding="utf-8").partition("# Sources\n")
    cited = {tag for part in body.split("[R")[1:] for tag in part.split("]")[0].replace("R", "").split(", ")}
    assert {"12", "14", "36"} <= cited
    assert all(f"R{number} " in sources for number in cited)


def test_positions_are_there_only_where_a_seat_graph_is_in_use() -> None:
    assert not any(kind.seat_positions_m for kind in load_policy(distancing="two_metre").vehicle_types.values())
    policy = load_policy(distancing="seats_1m")
    for kind in policy.vehicle_types.values():
        places = [layout.seats + layout.wheelchairs + layout.stretchers for layout in kind.layouts]
        assert [len(at) for at in kind.seat_positions_m] == places
    assert load_policy(policy_toml(policy).encode()) == policy


@pytest.mark.parametrize(
    ("overlay", "column"),
    [
        (b"[distancing.seats_1m]\nhousehold_exempt = false", "distancing.seats_1m"),
        (b"[distancing.two_metre]\nleast_distance_m = 2.0", "distancing.two_metre"),
        (
            b"[use]\ndistancing = 'seats_1m'\n[vehicle_types.hdu]\nseat_positions_m = [[[0.0, 0.0]]]",
            "vehicle_types.hdu.seat_positions_m",
        ),
        (b"[use]\ndistancing = 'seats_1m'\nsubstitutes = ['wheelchair']", "use.substitutes"),
        (b"[use]\ndistancing = 'seats_1m'\n[vehicle_types.van]\nlayouts = [{seats = 1}]\nskills = []\ncost_per_hour = 1"
         b"\ncost_per_km = 1\nco2e_kg_per_km = 1\nenergy = 'diesel'", "vehicle_types.van.seat_positions_m"),
    ],
)  # fmt: skip
def test_a_seat_graph_that_cannot_be_drawn_is_told(overlay: bytes, column: str) -> None:
    with pytest.raises(InputError) as found:
        load_policy(overlay)
    assert [issue.column for issue in found.value.issues] == [column]
