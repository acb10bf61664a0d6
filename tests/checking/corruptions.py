"""The ways to spoil a planned roster: what is wrong, where it can be done, how, and the codes that must name it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pts_optimiser.checking import Code
from pts_optimiser.domain.roster import Aboard, StopKind

from .builder import Scenario
from .damage import in_roster
from .spot import SECOND, Spot, of_kind
from .spot import corruption as K  # noqa: N812 -- a row of the table

START, PICKUP, DROPOFF, REST, END = (of_kind(kind) for kind in (
    StopKind.START, StopKind.PICKUP, StopKind.DROPOFF, StopKind.BREAK, StopKind.END,
))  # fmt: skip
SERVING = of_kind(StopKind.PICKUP, StopKind.DROPOFF)
HOUR = timedelta(hours=1)


def anywhere(at: Spot) -> bool:
    return bool(at.stop)


def driven_to(at: Spot) -> bool:
    return at.stop.travel_s > 0 and at.stop.kind is not StopKind.END


def shared(at: Spot) -> bool:
    """Somebody boards who is not alone."""
    return PICKUP(at) and at.stop.aboard.parties > 1


def alone(at: Spot) -> bool:
    return PICKUP(at) and at.stop.aboard.parties == 1


def next_run(at: Spot) -> bool:
    """A run begins that is not the duty's first, and the way in to the place takes no time."""
    boarded = any(stop.kind is StopKind.PICKUP for stop in at.entry.stops[: at.index])
    return alone(at) and boarded and not at.case.policy.overhead(at.journey.pickup.kind)


def overhead(at: Spot) -> bool:
    """A dropoff at a site that the vehicle comes to from elsewhere."""
    return (
        DROPOFF(at) and at.before.location != at.stop.location and at.case.policy.overhead(at.journey.dropoff.kind) > 0
    )


def arrival(at: Spot) -> bool:
    return DROPOFF(at) and at.journey.tied_to_appointment


def collection(at: Spot) -> bool:
    return PICKUP(at) and not at.journey.tied_to_appointment


def seated(at: Spot) -> bool:
    return PICKUP(at) and at.mobility.place == "seat"


def unserved(at: Spot) -> bool:
    return bool(at.case.roster.unserved)


def out_for_nothing(at: Spot) -> Scenario:
    return at.entry_with(stops=(at.entry.stops[0], at.entry.stops[-1]))


def rest_in_a_run(at: Spot) -> Scenario:
    """The break right after somebody has boarded."""
    return at.moved(next(i for i, stop in enumerate(at.entry.stops) if stop.kind is StopKind.PICKUP) + 1)


def ride(at: Spot) -> timedelta:
    return at.stop.begin_at - at.entry.stops[at.mate].depart_at


def too_long_aboard(at: Spot) -> Scenario:
    """The limits of the standard a second shorter than the ride."""
    limit = replace(at.standard.aboard, hard=int(ride(at).total_seconds()) - 1, hard_detour=0.0, hard_detour_plus=0)
    return at.standard_with(aboard=limit)


def everybody_on_one_seat(at: Spot) -> Scenario:
    """A seat graph all of whose places are one."""
    policy = at.case.policy
    types = {
        name: replace(
            kind, seat_positions_m=tuple(((0.0, 0.0),) * (o.seats + o.wheelchairs + o.stretchers) for o in kind.layouts)
        )
        for name, kind in policy.vehicle_types.items()
    }
    assert policy.distancing
    return at.policy_with(vehicle_types=types, distancing=replace(policy.distancing, least_distance_m=1.0))


def capped(at: Spot) -> Scenario:
    assert at.case.policy.distancing
    distancing = replace(at.case.policy.distancing, parties_aboard={}, default_parties=at.stop.aboard.parties - 1)
    return at.policy_with(distancing=distancing)


def other_bands(at: Spot) -> Scenario:
    return replace(at.case, travel=replace(at.case.travel, band_start_s=at.case.travel.band_start_s + 60))


def without_journey(at: Spot) -> Scenario:
    return replace(at.case, journeys=tuple(j for j in at.case.journeys if j.journey_id != at.stop.journey_id))


def without_vehicle_type(at: Spot) -> Scenario:
    types = {name: kind for name, kind in at.case.policy.vehicle_types.items() if name != at.duty.vehicle_type}
    return at.policy_with(vehicle_types=types)


def listed_twice(at: Spot) -> Scenario:
    return in_roster(at.case, duties=(*at.case.roster.duties, at.entry))


def booked_twice(at: Spot) -> Scenario:
    return replace(at.case, journeys=(*at.case.journeys, at.journey))


def waiting_elsewhere(at: Spot) -> Scenario:
    return at.journey_with(pickup=replace(at.journey.pickup, lat=at.journey.pickup.lat + 0.01))


def at_another_place(at: Spot) -> Scenario:
    return at.stop_with(location=(at.stop.location + 1) % at.case.travel.lat.size)


def on_another_day(at: Spot) -> Scenario:
    return in_roster(at.case, service_date=at.case.roster.service_date + timedelta(days=1))


def without_reasons(at: Spot) -> Scenario:
    return in_roster(at.case, unserved=tuple(replace(left, reasons=()) for left in at.case.roster.unserved))


# fmt: off
CORRUPTIONS = (
    # structure
    K("a duty of another name", anywhere, lambda at: at.entry_with(duty_id="nobody"), Code.UNKNOWN_DUTY),
    K("a duty listed twice", anywhere, listed_twice, Code.DUPLICATE_DUTY, Code.DUPLICATE_JOURNEY),
    K("a journey that nobody booked", SERVING, without_journey, Code.UNKNOWN_JOURNEY),
    K("an unserved journey that nobody booked", anywhere, lambda at: at.unserved_too("nobody"), Code.UNKNOWN_JOURNEY),
    K("a pickup of nobody", PICKUP, lambda at: at.stop_with(journey_id=None), Code.STOP_JOURNEY),
    K("a break for a patient", REST, lambda at: at.stop_with(journey_id="J"), Code.STOP_JOURNEY),
    K("no start", START, Spot.without, Code.START_STOP),
    K("two starts", START, Spot.twice, Code.START_STOP),
    K("no end", END, Spot.without, Code.END_STOP),
    K("a stop after the end", DROPOFF, lambda at: at.moved(len(at.entry.stops)), Code.END_STOP),
    K("a duty out for nothing", anywhere, out_for_nothing, Code.IDLE_DUTY_STOPS, Code.LOST_JOURNEY),
    K("a journey picked up twice", PICKUP, Spot.twice, Code.DUPLICATE_JOURNEY),
    K("a journey dropped off twice", DROPOFF, Spot.twice, Code.DUPLICATE_JOURNEY),
    K("a pickup forgotten", PICKUP, Spot.without, Code.NO_PICKUP),
    K("a dropoff forgotten", DROPOFF, Spot.without, Code.NO_DROPOFF),
    K("a dropoff before its pickup", DROPOFF, lambda at: at.moved(at.mate), Code.DROPOFF_FIRST),
    K("a dropoff by another duty", DROPOFF, Spot.moved_to_another_duty, Code.SPLIT_JOURNEY),
    # timing
    K("a time without offset", anywhere, lambda at: at.begins(at.stop.begin_at.replace(tzinfo=None)), Code.TIME_FORM),
    K("a time in fractions of a second", anywhere, lambda at: at.departs(SECOND / 2), Code.TIME_FORM),
    K("an arrival a second late", driven_to, lambda at: at.arrives(SECOND), Code.ARRIVAL),
    K("boarding a second before the vehicle is there", SERVING, lambda at: at.begins(at.stop.arrive_at - SECOND),
      Code.BEGIN_BEFORE_ARRIVAL),
    K("no time to find the way in", overhead, Spot.begins_at_once, Code.SITE_OVERHEAD),
    K("no time to clean down", next_run, Spot.begins_at_once, Code.CLEAN_DOWN),
    K("boarding a second short", PICKUP, lambda at: at.departs(-SECOND), Code.DWELL),
    K("a wait with somebody aboard", DROPOFF, lambda at: at.departs(SECOND), Code.DWELL),
    K("a wait before the end", END, Spot.waits, Code.END_WAIT),
    K("a start a second before the shift", START, lambda at: at.duty_with(start_at=at.stop.begin_at + SECOND),
      Code.EARLY_START),
    K("an end a second after the shift", END, lambda at: at.duty_with(end_at=at.stop.depart_at - SECOND),
      Code.LATE_END),
    # travel
    K("a location of no travel times", anywhere, lambda at: at.stop_with(location=9999), Code.LOCATION),
    K("coordinates a metre off", anywhere, lambda at: at.stop_with(lat=at.stop.lat + 0.00001), Code.COORDINATES),
    K("a patient who waits elsewhere", PICKUP, waiting_elsewhere, Code.PLACE),
    K("another base", END, lambda at: at.duty_with(base_lon=at.duty.base_lon + 0.01), Code.PLACE),
    K("a break that is not where the vehicle stands", REST, at_another_place, Code.PLACE),
    K("a band too late", anywhere, lambda at: at.stop_with(band=at.stop.band + 1), Code.BAND),
    K("an anchor of another hour", SERVING, lambda at: at.anchored(HOUR + SECOND), Code.ANCHOR),
    K("an anchor of a break", REST, lambda at: at.anchored(0 * SECOND), Code.ANCHOR),
    K("a drive a second shorter", driven_to, lambda at: at.stop_with(travel_s=at.stop.travel_s - 1), Code.TRAVEL_TIME),
    K("a drive a metre longer", anywhere, lambda at: at.stop_with(travel_m=at.stop.travel_m + 1), Code.TRAVEL_DISTANCE),
    K("a minute of driving hidden", anywhere, lambda at: at.entry_with(drive_s=at.entry.drive_s - 60), Code.DRIVE_TIME),
    K("a metre of driving added", anywhere, lambda at: at.entry_with(drive_m=at.entry.drive_m + 1),
      Code.DRIVE_DISTANCE),
    K("a battery a metre too small", anywhere, lambda at: at.duty_with(range_km=at.entry.drive_m / 1000 - 0.001),
      Code.RANGE),
    K("travel times of other bands", anywhere, other_bands, Code.TRAFFIC_BANDS),
    # loads
    K("a layout that the vehicle lacks", SERVING, lambda at: at.stop_with(layout=9), Code.LAYOUT),
    K("a layout at a break", REST, lambda at: at.stop_with(layout=0), Code.LAYOUT),
    K("a layout switched under way", shared, lambda at: at.stop_with(layout=9), Code.LAYOUT_SWITCHED, Code.LAYOUT),
    K("a change of layout forgotten", anywhere, lambda at: at.entry_with(layout_changes=at.entry.layout_changes + 1),
      Code.LAYOUT_CHANGES),
    K("ten escorts", PICKUP, lambda at: at.journey_with(escorts=10), Code.OVER_SEATS, Code.ABOARD),
    K("all seats given to wheelchair users", seated, lambda at: at.mobility_with(place="wheelchair"),
      Code.OVER_WHEELCHAIRS, Code.ABOARD),
    K("all seats given to stretchers", seated, lambda at: at.mobility_with(place="stretcher"),
      Code.OVER_STRETCHERS, Code.ABOARD),
    K("nobody said to be aboard", PICKUP, lambda at: at.stop_with(aboard=Aboard()), Code.ABOARD),
    # sharing
    K("company for a lone traveller", shared, lambda at: at.journey_with(travel_alone=True), Code.TRAVEL_ALONE),
    K("company for an exclusive rider", shared, lambda at: at.mobility_with(exclusive=True), Code.EXCLUSIVE),
    K("a cohort among others", shared, lambda at: at.journey_with(cohort="red"), Code.COHORT),
    K("a party more than the cap", PICKUP, capped, Code.DISTANCING_CAP),
    K("parties on one seat", shared, everybody_on_one_seat, Code.SEAT_DISTANCE),
    # windows
    K("an arrival a second too early", arrival, lambda at: at.due(at.standard.arrive_early.hard + 1),
      Code.ARRIVE_EARLY),
    K("an arrival a second too late", arrival, lambda at: at.due(-at.standard.arrive_late.hard - 1), Code.ARRIVE_LATE),
    K("a collection a second too early", collection, lambda at: at.ready(1), Code.COLLECT_EARLY),
    K("a collection a second too late", collection, lambda at: at.ready(-at.standard.collect.hard - 1),
      Code.COLLECT_LATE),
    K("a ride a second too long", DROPOFF, too_long_aboard, Code.ABOARD_TIME),
    # the crew's break
    K("no break", REST, Spot.without, Code.BREAK_MISSING),
    K("two breaks", REST, Spot.twice, Code.BREAK_REPEATED),
    K("a break that nobody asked for", REST, lambda at: at.duty_with(rest=None), Code.BREAK_UNASKED),
    K("a break with a patient aboard", REST, rest_in_a_run, Code.BREAK_LOADED),
    K("a break a second early", REST, lambda at: at.rest(earliest=at.stop.begin_at + SECOND), Code.BREAK_EARLY),
    K("a break a second late", REST, lambda at: at.rest(latest=at.stop.begin_at - SECOND), Code.BREAK_LATE),
    K("a break a second short", REST, lambda at: at.departs(-SECOND), Code.BREAK_LENGTH),
    # vehicle and crew
    K("another vehicle", anywhere, lambda at: at.entry_with(vehicle_id="V-0"), Code.VEHICLE_ID),
    K("another kind of vehicle", anywhere, lambda at: at.entry_with(vehicle_type="tram"), Code.VEHICLE_TYPE),
    K("a crew too small", PICKUP, lambda at: at.mobility_with(crew=at.duty.crew + 1), Code.CREW),
    K("a skill that nobody has", PICKUP, lambda at: at.journey_with(skills={"surgery"}), Code.SKILLS),
    K("a contract that the duty does not hold", PICKUP, lambda at: at.duty_with(contracts={"elsewhere"}),
      Code.CONTRACT),
    # completeness
    K("a journey lost", PICKUP, lambda at: at.without(at.index, at.mate), Code.LOST_JOURNEY),
    K("an unserved journey lost", unserved, lambda at: in_roster(at.case, unserved=()), Code.LOST_JOURNEY),
    K("a journey in both lists", PICKUP, lambda at: at.unserved_too(at.journey.journey_id),
      Code.SERVED_AND_UNSERVED, Code.KPI_COUNT),
    K("an unserved journey twice", anywhere, lambda at: at.unserved_too("J0", "J0"), Code.DUPLICATE_UNSERVED),
    K("an unserved journey without a reason", unserved, without_reasons, Code.UNSERVED_WITHOUT_REASON),
    K("the date of another day", anywhere, on_another_day, Code.SERVICE_DATE),
    K("another policy", anywhere, lambda at: at.policy_with(standards_name="other"), Code.POLICY_NAME),
    K("a made-up figure", anywhere, lambda at: in_roster(at.case, kpis={"served": 0}), Code.KPI_COUNT),
    # inputs
    K("a booking twice", PICKUP, booked_twice, Code.INPUT_DUPLICATE),
    K("a mobility that nobody knows", PICKUP, lambda at: at.journey_with(mobility="rocket"), Code.INPUT_GAP),
    K("a vehicle type that nobody knows", anywhere, without_vehicle_type, Code.INPUT_GAP),
    K("a journey without a time", collection, lambda at: at.journey_with(ready_at=None), Code.INPUT_GAP),
)
# fmt: on
