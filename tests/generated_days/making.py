"""A small random day: 2 to 60 journeys, a few duties, and a policy with rules drawn at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from pts_optimiser.domain.clock import midnight, moment_at
from pts_optimiser.domain.duty import Break, Duty
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.domain.policy import AboardLimit, Limit, Policy
from pts_optimiser.intake.policy import load_policy
from tests.days import CLOCKS_BACK, CLOCKS_FORWARD, WEEKDAY

LEAP_DAY = date(2028, 2, 29)
DATES = (WEEKDAY, CLOCKS_FORWARD, CLOCKS_BACK, LEAP_DAY)
DISTANCING = ("off", "off", "one_party", "two_metre", "three_parties", "seats_2m")
STANDARDS = ("nw_2016", "uk_benchmark", "generic_wm")
MOBILITIES = (
    "car",
    "car",
    "assist1",
    "assist2",
    "wc_transfer",
    "wheelchair",
    "electric",
    "stretcher",
    "bariatric",
    "hdu",
)
TYPES = ("car", "small_pts", "standard_pts", "standard_pts", "stretcher_pts", "bariatric", "hdu")
HOUR, MINUTE = 3600, 60


@dataclass(frozen=True, slots=True)
class LittleDay:
    service_date: date
    journeys: tuple[Journey, ...]
    duties: tuple[Duty, ...]
    policy: Policy


@cache
def policy_of(distancing: str, standards: str, lent: bool) -> Policy:
    graph = distancing == "seats_2m"
    use = b'[use]\nsubstitutes = ["wheelchair", "stretcher"]\n' if lent and not graph else None
    return load_policy(use, distancing=distancing, standards=standards)


def little_day(dice: Random, most: int = 60) -> LittleDay:
    """Any such day; one in three is of a degenerate kind besides."""
    service_date = dice.choice(DATES)
    policy = policy_of(dice.choice(DISTANCING), dice.choice(STANDARDS), dice.random() < 0.3)
    count = dice.choice((2, 3, 4, dice.randint(5, 20), dice.randint(20, 60)))
    maker = _Maker(dice, service_date)
    journeys: list[Journey] = []
    while len(journeys) < min(count, most):
        journeys += maker.attendance(len(journeys))
    duties = [maker.duty(number) for number in range(dice.randint(1, max(2, count // 4)))]
    day = LittleDay(service_date, tuple(journeys[:most]), tuple(duties), policy)
    return dice.choice(tuple(DEGENERATE.values()))(day, dice) if dice.random() < 0.33 else day


@dataclass(frozen=True)
class _Maker:
    dice: Random
    service_date: date

    def at(self, seconds: float) -> datetime:
        return moment_at(midnight(self.service_date), round(seconds / MINUTE) * MINUTE)

    def place(self, kind: PlaceKind) -> Place:
        lat, lon = round(self.dice.uniform(52.40, 52.58), 5), round(self.dice.uniform(-2.05, -1.75), 5)
        if kind is not PlaceKind.HOME:
            lat, lon = self.dice.choice(((52.4508, -1.9436), (52.5101, -1.8260), (52.4777, -1.8290)))
        return Place(f"{kind.value} {lat} {lon}", lat, lon, kind)

    def attendance(self, number: int) -> list[Journey]:
        """There, back, both, or from one site to another."""
        dice = self.dice
        site = self.place(dice.choice((PlaceKind.ACUTE, PlaceKind.SITE, PlaceKind.WARD)))
        home = self.place(PlaceKind.HOME)
        due = dice.uniform(0.5, 23) * HOUR
        plain = Journey(
            f"J{number}",
            "",
            f"p-{number}",
            dice.choice(("", "", "cheshire", "pan_birmingham")),
            dice.choice(list(Category)),
            Direction.INWARD,
            home,
            site,
            self.at(due),
            None,
            dice.choice(MOBILITIES),
            escorts=dice.choice((0, 0, 0, 1, 2)),
            travel_alone=dice.random() < 0.1,
            cohort=dice.choice(("", "", "", "red", "blue")),
            skills=frozenset({"oxygen"} if dice.random() < 0.1 else ()),
        )
        ready = self.at(due + dice.choice((0, 1, 4)) * HOUR)
        back = replace(
            plain, direction=Direction.OUTWARD, pickup=site, dropoff=home, appointment_at=None, ready_at=ready
        )
        how = dice.randrange(4)
        if how == 0:
            return [plain]
        if how == 1:
            return [back]
        if how == 2:
            other, tied = self.place(PlaceKind.ACUTE), dice.random() < 0.5
            moved = replace(plain, direction=Direction.TRANSFER, pickup=site, dropoff=other)
            return [moved if tied else replace(moved, appointment_at=None, ready_at=ready)]
        pair = f"A{number}"
        return [replace(plain, attendance_id=pair), replace(back, attendance_id=pair, journey_id=f"J{number + 1}")]

    def duty(self, number: int) -> Duty:
        dice = self.dice
        start = dice.uniform(0, 16) * HOUR
        length = dice.uniform(2, 12) * HOUR
        rest = None
        if dice.random() < 0.6:
            earliest = start + length * dice.uniform(0.1, 0.5)
            latest = min(earliest + dice.choice((0, 1, 2)) * HOUR, start + length - 45 * MINUTE)
            rest = Break(timedelta(minutes=30), self.at(earliest), self.at(max(earliest, latest)))
        base = self.place(PlaceKind.HOME)
        return Duty(
            f"D{number}",
            f"V{number}",
            dice.choice(TYPES),
            "base",
            base.lat,
            base.lon,
            self.at(start),
            self.at(start + length),
            dice.choice((1, 2, 2)),
            skills=frozenset({"oxygen", "bariatric", "hdu"} if dice.random() < 0.5 else ()),
            contracts=frozenset({"cheshire"} if dice.random() < 0.2 else ()),
            rest=rest,
            range_km=dice.choice((None, None, 40.0, 120.0)),
        )


def no_duties(day: LittleDay, dice: Random) -> LittleDay:
    return replace(day, duties=())


def no_journeys(day: LittleDay, dice: Random) -> LittleDay:
    return replace(day, journeys=())


def one_place(day: LittleDay, dice: Random) -> LittleDay:
    """Everybody lives at the hospital, and the duties are based there."""
    here = day.duties[0].base_lat, day.duties[0].base_lon
    place = Place("here", *here, PlaceKind.ACUTE)
    journeys = tuple(replace(journey, pickup=place, dropoff=place) for journey in day.journeys)
    return replace(
        day, journeys=journeys, duties=tuple(replace(d, base_lat=here[0], base_lon=here[1]) for d in day.duties)
    )


def no_room_in_windows(day: LittleDay, dice: Random) -> LittleDay:
    """Arrivals and collections to the second."""
    nothing = Limit(0, 0)
    return _held_to(day, arrive_early=nothing, arrive_late=nothing, collect=nothing)


def no_time_aboard(day: LittleDay, dice: Random) -> LittleDay:
    """A ride may take no longer than the direct drive."""
    return _held_to(day, aboard=AboardLimit(0, 0, 1.0, 0))


def _held_to(day: LittleDay, **limits: Limit | AboardLimit) -> LittleDay:
    """The day under other limits in every standard."""
    standards = {
        name: replace(profile, by_category={of: replace(one, **limits) for of, one in profile.by_category.items()})
        for name, profile in day.policy.standards.items()
    }
    return replace(day, policy=replace(day.policy, standards=standards))


def all_stretchers(day: LittleDay, dice: Random) -> LittleDay:
    return replace(day, journeys=tuple(replace(journey, mobility="stretcher", escorts=0) for journey in day.journeys))


def over_midnight(day: LittleDay, dice: Random) -> LittleDay:
    """Everything six hours before to six after the midnight at the day's end."""
    maker = _Maker(dice, day.service_date)
    journeys = []
    for journey in day.journeys:
        moment = maker.at(dice.uniform(20, 28) * HOUR)
        due = {"appointment_at": moment} if journey.appointment_at else {"ready_at": moment}
        journeys.append(replace(journey, **due))  # type: ignore[arg-type]
    duties = tuple(
        replace(duty, start_at=maker.at(19 * HOUR), end_at=maker.at(30 * HOUR),
                rest=Break(timedelta(minutes=30), maker.at(23 * HOUR), maker.at(25 * HOUR)))
        for duty in day.duties
    )  # fmt: skip
    return replace(day, journeys=tuple(journeys), duties=duties)


def short_shifts(day: LittleDay, dice: Random) -> LittleDay:
    duties = tuple(
        replace(duty, end_at=duty.start_at + timedelta(minutes=dice.randint(1, 60)), rest=None) for duty in day.duties
    )
    return replace(day, duties=duties)


def everybody_at_once(day: LittleDay, dice: Random) -> LittleDay:
    moment = _Maker(dice, day.service_date).at(10 * HOUR)
    journeys = tuple(
        replace(journey, **({"appointment_at": moment} if journey.appointment_at else {"ready_at": moment}))  # type: ignore[arg-type]
        for journey in day.journeys
    )
    return replace(day, journeys=journeys)


DEGENERATE: dict[str, Callable[[LittleDay, Random], LittleDay]] = {
    "no duties": no_duties,
    "no journeys": no_journeys,
    "one place": one_place,
    "windows of no length": no_room_in_windows,
    "no time aboard": no_time_aboard,
    "all on stretchers": all_stretchers,
    "over midnight": over_midnight,
    "shifts of minutes": short_shifts,
    "everybody at once": everybody_at_once,
}
