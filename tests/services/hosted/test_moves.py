"""Journeys moved by hand: priced, refused with reasons, or in force with an event that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from pts_optimiser.dayof.diff import ChangeKind
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.roster import Roster, StopKind
from pts_optimiser.intake.journeys import read_journeys
from pts_optimiser.services.hosted import moves as moving
from pts_optimiser.services.hosted.caller import NotAllowedError
from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.hearing import News
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.moves import Done, MoveOrder, move, what_if
from pts_optimiser.services.hosted.options import options_of
from pts_optimiser.store import ConflictError, NotFoundError, Store, audit, events
from pts_optimiser.store.publishing import Publication
from pts_optimiser.store.rosters import read_text, stored_roster
from tests.services.hosted.town_day import CONTROLLER, DAY, at, columns, event, movable, open_after, planned, stranger

NOW = at(9)


def possible(live: LiveDays) -> tuple[str, str, str]:
    """A journey, its duty, and another duty that has a place for it."""
    for journey_id, duty_id in movable(live):
        for option in options_of(live, CONTROLLER, DAY, journey_id, most=8, now=NOW).answer.options:
            if option.duty_id != duty_id:
                return journey_id, duty_id, option.duty_id
    raise AssertionError("nothing can be moved")


def put_by_hand(live: LiveDays, journey_id: str, duty_id: str) -> Done:
    """A journey put on a duty, over what is published."""
    return move(live, CONTROLLER, DAY, MoveOrder(journey_id, duty_id, now=NOW), etag=current(live).etag, at=NOW)


@pytest.mark.usefixtures("published")
def test_trying_a_move_says_what_it_changes_and_changes_nothing(live: LiveDays, store: Store) -> None:
    journey_id, duty_id, other = possible(live)
    found = what_if(live, CONTROLLER, DAY, MoveOrder(journey_id, other, now=NOW))
    assert found.feasible
    [change] = [change for change in found.diff.changes if change.journey_id == journey_id]
    assert (change.kind, change.from_duty, change.to_duty) == (ChangeKind.MOVED, duty_id, other)
    assert set(found.diff.told) == {duty_id, other}
    with store.read() as session:
        assert not events.events(session, DAY)
    assert live.standing(DAY, NOW).in_force.publication.number == 1


@pytest.mark.usefixtures("published")
def test_a_duty_that_has_no_place_says_why(live: LiveDays) -> None:
    journey_id, _, _ = possible(live)
    could = {option.duty_id for option in options_of(live, CONTROLLER, DAY, journey_id, most=8, now=NOW).answer.options}
    full = next(duty_id for duty_id in planned().duties if duty_id not in could)
    found = what_if(live, CONTROLLER, DAY, MoveOrder(journey_id, full, now=NOW))
    assert not found.feasible
    assert all(reason.detail for reason in found.reasons)
    with pytest.raises(InputError, match="breaks rules") as refused:
        put_by_hand(live, journey_id, full)
    assert [issue.code for issue in refused.value.issues] == [reason.code for reason in found.reasons]
    assert current(live).number == 1


def test_a_move_is_published_told_as_an_event_and_kept_by_the_next_state(
    live: LiveDays, store: Store, published: Publication
) -> None:
    journey_id, _, other = possible(live)
    tried = what_if(live, CONTROLLER, DAY, MoveOrder(journey_id, other, now=NOW))
    done = move(live, CONTROLLER, DAY, MoveOrder(journey_id, other, "nearer", NOW), etag=published.etag, at=NOW)
    assert (done.publication.number, done.diff) == (2, tried.diff)
    it = live.standing(DAY, at(9.1)).state.journeys[journey_id]
    assert (it.duty_id, it.pickup is not None, it.lock and it.lock.duty_id) == (other, True, other)
    with store.read() as session:
        [(_, said)] = events.events(session, DAY)
        entry = audit.entries(session)[-1]
    assert (said.type, said.fields["duty_id"], said.fields["reason"]) == ("move", other, "nearer")
    assert (entry.what, entry.after) == ("journey.move", {"version": 2, "event": said.event_id})


@pytest.mark.usefixtures("published")
def test_a_move_undone_in_the_same_second_is_undone(live: LiveDays) -> None:
    journey_id, duty_id, other = possible(live)
    for goal in (other, duty_id) * 4:
        put_by_hand(live, journey_id, goal)
        assert live.standing(DAY, NOW).state.journeys[journey_id].duty_id == goal


@pytest.mark.usefixtures("published")
def test_the_version_of_a_move_stands_by_itself(live: LiveDays, store: Store) -> None:
    journey_id, _, other = possible(live)
    put_by_hand(live, journey_id, other)
    plan = live.standing(DAY, NOW).in_force.plan
    with store.read() as session:
        kept = stored_roster(session, DAY, 2)
        text = read_text(session, DAY, 2, "journeys.csv")
    assert (kept.based_on, kept.engine["name"], kept.engine["reoptimised_at"]) == (1, "by_hand", NOW.isoformat())
    assert {one.journey_id for one in read_journeys(text.encode(), plan.policy).items} == set(plan.journeys)
    assert kept.kpis["served"] == len(plan.duty_of) == kept.served


@pytest.mark.usefixtures("published")
def test_what_a_move_is_said_to_cost_is_what_the_figures_of_its_version_cost_more(live: LiveDays, store: Store) -> None:
    journey_id, duty_id, other = possible(live)
    night, later = at(3), at(3.01)  # nobody is out yet, so the day stands as it was planned
    there, back = MoveOrder(journey_id, other, now=night), MoveOrder(journey_id, duty_id, now=later)
    move(live, CONTROLLER, DAY, there, etag=live.told(DAY, night).in_force.publication.etag, at=night)
    said = what_if(live, CONTROLLER, DAY, back).toll
    standing = live.standing(DAY, later)
    early = begins(standing.plan.roster) ^ begins(standing.before)  # crews do not wait at a door for a target to begin
    move(live, CONTROLLER, DAY, back, etag=live.told(DAY, later).in_force.publication.etag, at=later)
    with store.read() as session:
        before, after = (stored_roster(session, DAY, version).kpis for version in (2, 3))
    assert said.pounds == pytest.approx(after["cost"]["total"] - before["cost"]["total"], abs=0.03)
    assert said.pounds != 0
    assert said.paid_s == round(3600 * (after["paid_hours"] - before["paid_hours"]))
    missed = [sum(row["missed"] for row in kpis["standards"]) for kpis in (before, after)]
    as_planned = [one for one in said.standards if one.journey_id not in {journey_id for journey_id, _, _ in early}]
    assert sum(1 if not one.kept else -1 for one in as_planned) == missed[1] - missed[0]


def begins(roster: Roster) -> set[tuple[str | None, StopKind, datetime]]:
    return {(stop.journey_id, stop.kind, stop.begin_at) for duty in roster.duties for stop in duty.stops}


@pytest.mark.usefixtures("published")
def test_no_move_that_finds_a_place_breaks_a_rule(live: LiveDays) -> None:
    tried = [(j, to) for j, duty_id in movable(live)[::8] for to in planned().duties if to != duty_id]
    found = [what_if(live, CONTROLLER, DAY, MoveOrder(j, to, now=NOW)) for j, to in tried]
    assert any(one.feasible for one in found)
    assert all(one.reasons or not one.broken for one in found)


@pytest.mark.usefixtures("published")
def test_a_journey_booked_on_the_day_is_put_on_a_duty_with_its_new_place(live: LiveDays) -> None:
    report(live, CONTROLLER, DAY, [event("journey_booked", 8.9, journey=columns(stranger()))], at=NOW)
    [option, *_] = options_of(live, CONTROLLER, DAY, "N1", most=1, now=NOW).answer.options
    done = put_by_hand(live, "N1", option.duty_id)
    assert ("N1", ChangeKind.PLACED) in {(change.journey_id, change.kind) for change in done.diff.changes}
    standing = live.standing(DAY, at(9.1))
    assert standing.state.journeys["N1"].duty_id == option.duty_id
    assert len(standing.in_force.plan.travel.lat) == len(planned().travel.lat) + 1


def test_of_two_moves_over_one_publication_one_is_told_to_look_again(live: LiveDays, published: Publication) -> None:
    journey_id, duty_id, other = possible(live)
    move(live, CONTROLLER, DAY, MoveOrder(journey_id, other, now=NOW), etag=published.etag, at=NOW)
    with pytest.raises(ConflictError, match="another roster is published"):
        move(live, CONTROLLER, DAY, MoveOrder(journey_id, duty_id, now=NOW), etag=published.etag, at=NOW)


def test_what_is_said_of_the_duties_meanwhile_is_looked_at_before_a_move(
    live: LiveDays, published: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey_id, _, other = possible(live)
    order = MoveOrder(journey_id, other, now=at(9.2))
    place, times = moving.place, []

    def slowly(*args: object) -> object:
        if not times:
            report(live, CONTROLLER, DAY, [event("duty_lost", 9.1, duty_id=other, reason="breakdown")], at=at(9.1))
        times.append(1)
        return place(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "place", slowly)
    with pytest.raises(ConflictError, match="is lost"):
        move(live, CONTROLLER, DAY, order, etag=published.etag, at=at(9.2))
    assert current(live).number == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("type_", "journey", "duty", "concerned"),
    [
        ("ready", "moved", None, True),
        ("stop_begun", None, "from", True),
        ("ready", "on_duty", None, True),
        ("stop_begun", None, "elsewhere", False),
        ("ready", "elsewhere", None, False),
    ],
)
def test_only_what_touches_the_duties_that_change_concerns_a_move(
    live: LiveDays, type_: str, journey: str | None, duty: str | None, concerned: bool
) -> None:
    state = live.standing(DAY, NOW).state
    journey_id, duty_id = open_after(9.5)[0]
    same = next(j for j, d in open_after(9.5) if d == duty_id and j != journey_id)
    other, elsewhere = next((j, d) for j, d in open_after(9.5) if d != duty_id)
    journeys = {"moved": journey_id, "on_duty": same, "elsewhere": other, None: None}
    duties = {"from": duty_id, "elsewhere": elsewhere, None: None}
    news = [News(1, type_, journeys[journey], duties[duty])]
    assert moving.concerns(news, state, {duty_id}, {journey_id}) is concerned


@pytest.mark.usefixtures("published")
def test_a_move_that_makes_no_sense_is_refused(live: LiveDays) -> None:
    journey_id, duty_id = movable(live)[0]
    gone = event("journey_cancelled", 8.9, journey_id=open_after(12)[0][0], reason="")
    report(live, CONTROLLER, DAY, [gone], at=NOW)
    for asked, to, error in (
        ("J-unknown", duty_id, NotFoundError),
        (journey_id, "D-unknown", InputError),
        (journey_id, duty_id, ConflictError),
        (open_after(12)[0][0], duty_id, ConflictError),
    ):
        with pytest.raises(error):
            what_if(live, CONTROLLER, DAY, MoveOrder(asked, to, now=NOW))
    with pytest.raises(NotAllowedError):
        what_if(live, replace(CONTROLLER, contracts=frozenset()), DAY, MoveOrder(journey_id, duty_id, now=NOW))


def current(live: LiveDays) -> Publication:
    return live.told(DAY, NOW).in_force.publication
