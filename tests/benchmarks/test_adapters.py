"""Each solver on a small problem, where it is installed."""

from __future__ import annotations

import pytest

from benchmarks.peers.clock import Clock
from benchmarks.peers.judge import judge
from benchmarks.peers.registry import PEERS
from benchmarks.peers.shipments import VARIANTS, as_shipments
from tests.solver.problems import random_problem

OTHERS = [name for name, peer in PEERS.items() if peer.package and not peer.parts]


@pytest.mark.parametrize("variant", ["relaxed", "tight"])
@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.filterwarnings("ignore::Warning")
def test_routes_are_a_plan_and_tight_ones_keep_every_rule(name: str, variant: str) -> None:
    pytest.importorskip(PEERS[name].package)
    problem = random_problem(12, 5, 7, metric=True, long_shifts=True)
    if name == "commiv" and variant == "tight":
        pytest.skip("cannot express this problem")
    routes = PEERS[name].load()(problem, VARIANTS[variant], Clock(0.3, 1, 12), 1)
    verdict = judge(problem, routes)
    assert verdict.served > 0
    if variant == "tight":
        assert not verdict.broken


def test_commiv_says_what_it_cannot_express() -> None:
    pytest.importorskip("commiv")
    from benchmarks.peers.unfit import UnfitError

    problem = random_problem(12, 5, 7)
    with pytest.raises(UnfitError, match="breaks with nobody aboard"):
        PEERS["commiv"].load()(problem, VARIANTS["tight"], Clock(0.1, 1, 12), 1)


def test_commiv_groups_share_out_all_requests_and_vehicles() -> None:
    pytest.importorskip("commiv")
    from benchmarks.peers.commiv_peer import groups_of, handed_out

    problem = random_problem(30, 8, 3)
    groups = groups_of(problem, as_shipments(problem, VARIANTS["relaxed"]))
    assert sorted(r for group in groups for r in group.requests) == list(range(30))
    assert sorted(v for group in groups for v in group.vehicles) == list(range(8))
    group = groups[0]
    found = [[r, 30 + r] for r in group.requests]
    given = handed_out(problem, group.vehicles, found)
    assert len(given) == len(group.vehicles)
    assert all(stops in [*found, []] for stops in given)


def test_vrp_cli_reads_back_its_own_words() -> None:
    pytest.importorskip("vrp_cli")
    from benchmarks.peers.vrp_cli_peer import document_of, routes_of

    problem = random_problem(4, 2, 1)
    document = document_of(problem, as_shipments(problem, VARIANTS["relaxed"]), VARIANTS["relaxed"])
    assert [job["id"] for job in document["plan"]["jobs"]] == ["0", "1", "2", "3"]
    assert len(document["fleet"]["vehicles"]) == 2
    activities = [{"jobId": "departure", "type": "departure"}, {"jobId": "3", "type": "pickup"}]
    later = [{"jobId": "break", "type": "break"}, {"jobId": "3", "type": "delivery"}]
    tour = {"vehicleId": "1", "stops": [{"activities": activities}, {"activities": later}]}
    assert routes_of({"tours": [tour]}, problem) == [[], [3, 7]]


def test_vroom_staggers_working_times_where_a_shift_is_longer_than_anyone_may_work() -> None:
    pytest.importorskip("vroom")
    from benchmarks.peers.vroom_peer import shift_within

    problem = random_problem(4, 3, 1, duration=4 * 3600)
    for vehicle in range(3):
        start, end = shift_within(problem, vehicle, VARIANTS["tight"])
        assert end - start == 4 * 3600
        assert problem.shift[vehicle, 0] <= start
        assert end <= problem.shift[vehicle, 1]
        assert shift_within(problem, vehicle, VARIANTS["relaxed"]) == tuple(problem.shift[vehicle].tolist())


@pytest.mark.parametrize("name", [name for name, peer in PEERS.items() if peer.exact])
def test_own_engines_keep_every_rule(name: str) -> None:
    problem = random_problem(12, 5, 7)
    routes = PEERS[name].load()(problem, VARIANTS["tight"], Clock(0.5, 1, 12), 1)
    assert not judge(problem, routes).broken
