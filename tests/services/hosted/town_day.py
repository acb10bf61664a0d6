"""A small planned day in a store, published, and ways to speak of it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import Plan, plan_of
from pts_optimiser.dayof.diff import difference
from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.planning.day import Search, plan_day
from pts_optimiser.planning.replan import Replanner, Replanning
from pts_optimiser.planning.replan.own_places import with_own_places
from pts_optimiser.reporting.diff import diff_document
from pts_optimiser.reporting.kpis import with_kpis
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.store import Store
from pts_optimiser.store.days import put_day
from pts_optimiser.store.proposals import Proposal, propose
from pts_optimiser.store.publishing import Publication, publish
from pts_optimiser.store.rosters import add_roster
from pts_optimiser.store.words import Role
from tests.days import WEEKDAY, small_day

DAY = WEEKDAY
BY_ROAD = "synthetic roads/1 town"
UPLOADED = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
CONTROLLER = Caller("key:controller", frozenset({Role.CONTROLLER}))
_NUMBERS = count(1)


@cache
def planned() -> Plan:
    """Some 40 journeys on 8 duties, with room."""
    day, policy = small_day(share=45), load_policy()
    attendances = sorted({journey.attendance_id or journey.journey_id for journey in day.journeys})
    kept = set(attendances[::2])
    journeys = tuple(journey for journey in day.journeys if (journey.attendance_id or journey.journey_id) in kept)
    found = plan_day(journeys, day.duties, policy, DAY, Search(iterations=2_000, workers=1))
    roster = Roster(
        service_date=DAY,
        inputs={},
        policy={"distancing": "off", "standards": "nw_2016"},
        engine={"name": "hybrid", "seed": 1, "budget_s": None, "workers": 1, "version": "0"},
        travel={"model": found.travel.model, "file": "travel.npz"},
        duties=found.duties,
        unserved=found.unserved,
    )
    roster = with_kpis(roster, journeys, day.duties, policy, found.travel)
    return plan_of(roster, journeys, day.duties, policy, found.travel)


@cache
def _travel_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "travel.npz")
        planned().travel.save(path)  # type: ignore[attr-defined]
        return path.read_bytes()


def put_published(store: Store, *, published: bool = True, drawn: str | None = None) -> Publication | None:
    """Upload the day and add its roster, by road where a map was ``drawn`` of it; publish it."""
    plan = planned()
    roster = replace(plan.roster, travel={**plan.roster.travel, "model": BY_ROAD}) if drawn else plan.roster
    journeys, duties = tuple(plan.journeys.values()), tuple(plan.duties.values())
    toml = policy_toml(plan.policy)
    texts = {"journeys.csv": journeys_csv(journeys), "duties.csv": duties_csv(duties), "policy.toml": toml}
    texts |= {"map.geojson": drawn} if drawn else {}
    with store.files.staged(_travel_file()) as travel, store.write() as session:
        put_day(session, DAY, journeys, duties, toml, {}, by="key:planner", at=UPLOADED)
        made = add_roster(session, roster, texts, {"travel.npz": travel}, by="key:planner", at=UPLOADED)
        if not published:
            return None
        return publish(session, DAY, made.version, expected_etag=None, by="key:planner", at=UPLOADED)


def at(hour: float) -> datetime:
    return planned().origin + timedelta(hours=hour)


def event(kind: str, hour: float, /, **fields: Any) -> dict[str, Any]:
    """An event as it comes in, of a source of its own."""
    number = next(_NUMBERS)
    moment = at(hour).isoformat()
    head = {"event_id": f"e{number}", "source": "test", "sequence": number}
    return head | {"occurred_at": moment, "received_at": moment, "type": kind, **fields}


def columns(journey: Journey) -> dict[str, Any]:
    """A journey in the columns of ``journeys.csv``."""
    header, line = journeys_csv([journey]).splitlines()
    [cells] = csv.DictReader([header, line])
    return {name: value for name, value in cells.items() if value}


def stranger(journey_id: str = "N1", after_hour: float = 12.0, **changes: Any) -> Journey:
    """A journey like one of the day, from a place beside its own."""
    plan = planned()
    late = [
        j for j in plan.journeys.values() if plan.seconds(j.appointment_at or j.ready_at or at(0)) > after_hour * 3600
    ]
    known = late[len(late) // 2]
    pickup = replace(known.pickup, lat=round(known.pickup.lat + 0.004, 6))
    return replace(known, journey_id=journey_id, attendance_id="", pickup=pickup, **changes)


def open_after(hour: float) -> list[tuple[str, str]]:
    """Journeys with their duties whose pick-up is planned after an hour, earliest first."""
    plan = planned()
    found = sorted((begin, journey_id) for journey_id, (begin, _) in plan.promised.items() if begin > at(hour))
    return [(journey_id, plan.duty_of[journey_id]) for _, journey_id in found]


def movable(live: LiveDays) -> list[tuple[str, str]]:
    """Of those, after half past nine, the ones that at nine no duty is on its way to."""
    state = live.standing(DAY, at(9)).state
    return [(journey_id, duty_id) for journey_id, duty_id in open_after(9.5) if not state.heading_for(journey_id)]


def put_proposal(live: LiveDays, hour: float) -> Proposal:
    """Re-optimise the rest of the day and offer what that comes to, as the jobs do."""
    standing = live.standing(DAY, at(hour))
    plan, state = standing.plan, standing.state
    how = Replanning(iterations=50, workers=1)
    found = Replanner(plan.policy).propose(plan, state, standing.before, standing.rules, how)
    after = replace(standing.before, duties=found.duties, unserved=found.unserved)
    journeys, duties = day_journeys(state), tuple(duty.duty for duty in state.duties.values())
    assert not check_day(after, standing.before, standing.rules, journeys, duties, plan.policy, found.travel)
    diff = diff_document(difference(standing.before, after, state, found.driving_s, plan.policy))
    own, travel = with_own_places(after, plan.travel, found.travel)
    own = replace(own, engine={**plan.roster.engine, "reoptimised_at": state.now.isoformat()})
    texts = {
        "journeys.csv": journeys_csv(journeys),
        "duties.csv": duties_csv(duties),
        "policy.toml": policy_toml(plan.policy),
    }
    with live.store.files.staged(travel.save) as staged, live.store.write() as session:
        made = add_roster(session, own, texts, {"travel.npz": staged}, by="jobs", at=UPLOADED, based_on=1)
        etag = standing.in_force.publication.etag
        return propose(session, DAY, made.version, base_etag=etag, diff=diff, at=UPLOADED)
