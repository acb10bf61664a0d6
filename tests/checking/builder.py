"""A builder of rosters for tests: drives a hand-written plan step by step. Shares nothing with the referee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pts_optimiser.checking import TravelTable, Violation, check
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey, Place
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Aboard, Reason, Roster, RosteredDuty, Stop, StopKind, Unserved

from . import town


@dataclass(frozen=True, slots=True)
class Step:
    """``what`` is "+J1" (pick up), "-J1" (drop off) or "break"; it begins no earlier than ``not_before``."""

    what: str
    layout: int | None = None
    not_before: datetime | None = None


def steps(text: str, day: date = town.DAY) -> tuple[Step, ...]:
    """Steps from a line such as ``+J1/0@08:00 -J1/0 break@11:00``."""
    found = []
    for word in text.split():
        head, _, time = word.partition("@")
        what, _, layout = head.partition("/")
        found.append(Step(what, int(layout) if layout else None, town.at(time, day) if time else None))
    return tuple(found)


Plan = Mapping[str, str]
PLAN: Plan = {
    "D1": "+J1/0@08:00 +J2/0 -J1/0 -J2/0 break@11:15 +J3/1@12:05 +J4/1@12:10 -J4/1 -J3/1",
    "D2": "+J5/0@10:05 -J5/0 +J6/0@12:20 -J6/0",
    "D3": "+J7/0@06:55 -J7/0 +J8/0@09:10 +J9/0 -J8/0 -J9/0 break@10:30 +J10/0@12:30 -J10/0",
    "D4": "+J11/0@22:40 -J11/0 +J12/0@+00:05 -J12/0 break@+00:45",
    "D5": "",
}
D3_WITHOUT_J10 = PLAN["D3"].removesuffix(" +J10/0@12:30 -J10/0")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A roster with all that the referee needs."""

    roster: Roster
    journeys: tuple[Journey, ...]
    duties: tuple[Duty, ...]
    policy: Policy
    travel: TravelTable

    def violations(self) -> list[Violation]:
        return check(self.roster, self.journeys, self.duties, self.policy, self.travel)

    def codes(self) -> set[str]:
        return {str(violation.code) for violation in self.violations()}


def scenario(
    plan: Plan = PLAN,
    journeys: Sequence[Journey] | None = None,
    duties: Sequence[Duty] | None = None,
    policy: Policy | None = None,
    unserved: Sequence[str] = ("J13",),
    day: date = town.DAY,
) -> Scenario:
    """The roster of a plan, consistent in every figure even where the plan breaks a rule."""
    journeys = town.journeys() if journeys is None else tuple(journeys)
    duties = town.duties() if duties is None else tuple(duties)
    policy = policy or town.policy()
    travel = town.travel(day)
    driver = Driver({j.journey_id: j for j in journeys}, policy, travel, town.at("00:00", day))
    by_id = {duty.duty_id: duty for duty in duties}
    roster = Roster(
        service_date=day,
        inputs={},
        policy={"distancing": policy.distancing.name if policy.distancing else "off", "standards": "town"},
        engine={},
        travel={"model": "town", "file": "travel.npz"},
        duties=tuple(driver.drive(by_id[duty_id], steps(line, day)) for duty_id, line in plan.items()),
        unserved=tuple(Unserved(j, (Reason("no_capacity", "all duties are full", "add a duty"),)) for j in unserved),
    )
    return Scenario(roster, journeys, duties, policy, travel)


@dataclass(frozen=True, slots=True)
class Driver:
    journeys: Mapping[str, Journey]
    policy: Policy
    travel: TravelTable
    midnight: datetime

    def drive(self, duty: Duty, plan: Sequence[Step]) -> RosteredDuty:
        if not plan:
            return RosteredDuty(duty.duty_id, duty.vehicle_id, duty.vehicle_type, 0, (), 0, 0)
        base_band = self.band(duty.start_at)
        now = duty.start_at.astimezone(UTC)
        here = (0, base_band)
        stops = [self.stop(StopKind.START, None, here, (now, now, now), (0, 0), Aboard(), None)]
        aboard: list[str] = []
        runs: list[int | None] = []
        for step in plan:
            if step.what == "break":
                assert duty.rest is not None
                begin = self.later(now, step)
                times = (now, begin, begin + duty.rest.length)
                stops.append(self.stop(StopKind.BREAK, None, here, times, (0, 0), self.load(aboard), None))
                now = times[2]
                continue
            sign, journey = step.what[0], self.journeys[step.what[1:]]
            kind = StopKind.PICKUP if sign == "+" else StopKind.DROPOFF
            there = self.where(journey, kind)
            leg = self.leg(here, there[0])
            arrive = now + timedelta(seconds=leg[0])
            begin = self.later(arrive + timedelta(seconds=self.pause(journey, kind, here, there, aboard, runs)), step)
            if kind is StopKind.PICKUP:
                runs += [] if aboard else [step.layout]
                aboard += [] if journey.journey_id in aboard else [journey.journey_id]
            elif journey.journey_id in aboard:
                aboard.remove(journey.journey_id)
            times = (arrive, begin, begin + timedelta(seconds=self.dwell(journey, kind)))
            stops.append(self.stop(kind, journey.journey_id, there, times, leg, self.load(aboard), step.layout))
            now, here = times[2], there
        leg = self.leg(here, 0)
        home = now + timedelta(seconds=leg[0])
        stops.append(self.stop(StopKind.END, None, (0, base_band), (home, home, home), leg, self.load(aboard), None))
        changes = sum(runs[i] != runs[i - 1] for i in range(1, len(runs)))
        drive = sum(stop.travel_s for stop in stops), sum(stop.travel_m for stop in stops)
        return RosteredDuty(duty.duty_id, duty.vehicle_id, duty.vehicle_type, changes, tuple(stops), *drive)

    def stop(
        self,
        kind: StopKind,
        journey_id: str | None,
        here: tuple[int, int],
        times: tuple[datetime, datetime, datetime],
        leg: tuple[int, int],
        aboard: Aboard,
        layout: int | None,
    ) -> Stop:
        lat, lon = float(self.travel.lat[here[0]]), float(self.travel.lon[here[0]])
        arrive, begin, depart = (moment.astimezone(LONDON) for moment in times)
        return Stop(kind, journey_id, here[0], lat, lon, arrive, begin, depart, here[1], *leg, aboard, layout)

    def later(self, earliest: datetime, step: Step) -> datetime:
        return earliest if step.not_before is None else max(earliest, step.not_before.astimezone(UTC))

    def where(self, journey: Journey, kind: StopKind) -> tuple[int, int]:
        """Location and band of a pickup or dropoff."""
        if journey.direction.value != "outward" and journey.appointment_at is not None:
            anchor = journey.appointment_at.astimezone(UTC) - timedelta(minutes=60 if kind is StopKind.PICKUP else 0)
        else:
            assert journey.ready_at is not None
            anchor = journey.ready_at.astimezone(UTC) + timedelta(minutes=30 if kind is StopKind.PICKUP else 90)
        return town.LABELS.index(self.place(journey, kind).label), self.band(anchor)

    def place(self, journey: Journey, kind: StopKind) -> Place:
        return journey.pickup if kind is StopKind.PICKUP else journey.dropoff

    def band(self, anchor: datetime) -> int:
        elapsed = (anchor.astimezone(UTC) - self.midnight.astimezone(UTC)).total_seconds()
        return int(max(0, sum(start <= elapsed for start in self.travel.band_start_s) - 1))

    def leg(self, here: tuple[int, int], there: int) -> tuple[int, int]:
        return int(self.travel.seconds[here[1], here[0], there]), int(self.travel.metres[here[0], there])

    def pause(
        self,
        journey: Journey,
        kind: StopKind,
        here: tuple[int, int],
        there: tuple[int, int],
        aboard: Sequence[str],
        runs: Sequence[int | None],
    ) -> int:
        kind_of_place = self.place(journey, kind).kind.value.replace("ward", "acute")
        pause = self.policy.site_overhead[kind_of_place] if here[0] != there[0] else 0
        if self.policy.distancing and kind is StopKind.PICKUP and runs and not aboard:
            pause += self.policy.distancing.clean_down
        return pause

    def dwell(self, journey: Journey, kind: StopKind) -> int:
        place = self.place(journey, kind).kind.value.replace("acute", "site")
        if kind is StopKind.DROPOFF:
            place = place.replace("ward", "site")
        return int(getattr(self.policy.mobilities[journey.mobility].dwell, f"{place}_{kind.value}"))

    def load(self, aboard: Sequence[str]) -> Aboard:
        places = [self.policy.mobilities[self.journeys[j].mobility].place for j in aboard]
        escorts = sum(self.journeys[j].escorts for j in aboard)
        return Aboard(
            len(places), places.count("seat") + escorts, places.count("wheelchair"), places.count("stretcher")
        )
