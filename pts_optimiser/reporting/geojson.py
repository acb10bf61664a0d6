"""``map.geojson`` (RFC 7946): the drives of every duty, loaded and empty apart, and the stops. No patient reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pts_optimiser.domain.journey import Place
from pts_optimiser.domain.legs import Leg, Way, leg_of
from pts_optimiser.domain.roster import RosteredDuty, Stop
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.spots import spots

PLACES = 5  # decimals of a degree: about a metre


def map_document(publication: Publication) -> dict[str, Any]:
    """A FeatureCollection: for each duty, one LineString a run (loaded) and one between runs (empty), then its stops.

    Lines follow the roads where the publication knows them, else they are straight from stop to stop: ``by_road`` says
    of a line that none of its drives is straight for want of a road. A drive between two stops at the same spot has no
    line.
    """
    journey_of, duty_of = publication.journey_of, publication.duty_of
    features: list[dict[str, Any]] = []
    for duty in publication.roster.duties:
        features.extend(_lines(duty, publication.lines))
        features.extend(_points(duty, spots(duty, duty_of[duty.duty_id], journey_of)))
    attribution = {"attribution": publication.attribution} if publication.attribution else {}
    return {"type": "FeatureCollection", **attribution, "features": features}


def _lines(duty: RosteredDuty, ways: Mapping[Leg, Way]) -> Iterator[dict[str, Any]]:
    for part, stops in enumerate(_parts(duty.stops), start=1):
        line = _line(stops, ways)
        if any(point != line[0] for point in line):
            yield _feature("LineString", line, {
                "duty_id": duty.duty_id,
                "vehicle_id": duty.vehicle_id,
                "part": part,
                "loaded": stops[0].aboard.parties > 0,
                "depart_at": stops[0].depart_at.isoformat(),
                "arrive_at": stops[-1].arrive_at.isoformat(),
                "travel_s": sum(stop.travel_s for stop in stops[1:]),
                "travel_m": sum(stop.travel_m for stop in stops[1:]),
                "most_parties_aboard": max(stop.aboard.parties for stop in stops[:-1]),
                "by_road": all(ways.get(leg_of(*leg)) for leg in pairwise(stops) if is_drawn(*leg)),
            })  # fmt: skip


def _line(stops: Sequence[Stop], ways: Mapping[Leg, Way]) -> Way:
    line = [position(stops[0])]
    for before, stop in pairwise(stops):
        line += [*ways.get(leg_of(before, stop), ()), position(stop)]
    return line


def is_drawn(before: Stop, stop: Stop) -> bool:
    """Whether the map has a line between two stops that follow each other."""
    return position(before) != position(stop)


def _parts(stops: Sequence[Stop]) -> Iterator[list[Stop]]:
    """The stops cut where the vehicle fills or empties; a cut's stop ends one part and begins the next."""
    part: list[Stop] = list(stops[:1])
    for stop in stops[1:]:
        part.append(stop)
        if (stop.aboard.parties > 0) != (part[0].aboard.parties > 0):
            yield part
            part = [stop]
    if len(part) > 1:
        yield part


def _points(duty: RosteredDuty, places: Sequence[Place]) -> Iterator[dict[str, Any]]:
    for sequence, (stop, place) in enumerate(zip(duty.stops, places, strict=True), start=1):
        yield _feature("Point", position(stop), {
            "duty_id": duty.duty_id,
            "sequence": sequence,
            "kind": stop.kind.value,
            "journey_id": stop.journey_id,
            "place": place.label,
            "arrive_at": stop.arrive_at.isoformat(),
            "begin_at": stop.begin_at.isoformat(),
            "depart_at": stop.depart_at.isoformat(),
            "parties_aboard": stop.aboard.parties,
        })  # fmt: skip


def _feature(geometry: str, coordinates: list[Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": geometry, "coordinates": coordinates},
        "properties": properties,
    }


def position(stop: Stop) -> list[float]:
    """Where the map has a stop."""
    return [round(stop.lon, PLACES), round(stop.lat, PLACES)]
