"""Where a row's places are: by coordinates, else by postcode, always inside the service area."""

from __future__ import annotations

from geodata.postcodes import locate
from pts_optimiser.domain.policy import ServiceArea
from pts_optimiser.intake.cells import number, text
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.row import Row

# Messages quote neither coordinates nor postcodes: they may be somebody's home.


def coordinates(row: Row, prefix: str, area: ServiceArea, *, or_postcode: bool = False) -> tuple[float, float] | None:
    """Latitude and longitude of ``<prefix>_lat`` and ``<prefix>_lon``, else of ``<prefix>_postcode``.

    None where the place is unknown, which is reported.
    """
    lat_column, lon_column = f"{prefix}_lat", f"{prefix}_lon"
    if or_postcode and not row.get(lat_column) and not row.get(lon_column):
        return _by_postcode(row, prefix, area)
    for column, other in ((lat_column, lon_column), (lon_column, lat_column)):
        if not row.get(column):
            row.missing(column, f"{column} is empty.", f"fill it in beside {other}.")
    lat, lon = number(row, lat_column), number(row, lon_column)
    if lat is None or lon is None or not _inside(row, lat_column, lat, lon, area):
        return None
    return lat, lon


def _by_postcode(row: Row, prefix: str, area: ServiceArea) -> tuple[float, float] | None:
    column = f"{prefix}_postcode"
    postcode = text(row, column)
    if not postcode:
        row.error(
            Code.MISSING_PLACE,
            f"{prefix}_lat",
            f"the {prefix} has neither coordinates nor a postcode.",
            f"fill in {prefix}_lat and {prefix}_lon, or {column}.",
        )
        return None
    found = locate(postcode)
    if found is None:
        row.error(
            Code.UNKNOWN_POSTCODE,
            column,
            "the postcode is not a full one that is known.",
            f"correct it, or fill in {prefix}_lat and {prefix}_lon.",
        )
        return None
    if not _inside(row, column, found.lat, found.lon, area):
        return None
    if not found.is_unit:
        row.warn(
            Code.POSTCODE_SECTOR_ONLY,
            column,
            f"the {prefix} is placed at the centre of its postcode sector (spread {found.precision / 1000:.1f} km).",
            f"fill in {prefix}_lat and {prefix}_lon, or install the extra postcodes, for exact times.",
        )
    return found.lat, found.lon


def _inside(row: Row, column: str, lat: float, lon: float, area: ServiceArea) -> bool:
    if lat == 0 and lon == 0:
        hint = "leave both empty and give a postcode, or fill in the place."
        row.error(Code.COORDINATES_ZERO, column, "the coordinates are (0, 0).", hint)
        return False
    if area.holds(lat, lon):
        return True
    if area.holds(lon, lat):
        message = "latitude and longitude stand in each other's column."
        row.error(Code.COORDINATES_SWAPPED, column, message, "swap them.")
        return False
    hint = (
        "put the minus sign before the longitude: west is negative."
        if area.holds(lat, -lon)
        else "correct the place, or widen [area] in the policy."
    )
    message = f"the place lies outside the service area ({area.south}..{area.north}, {area.west}..{area.east})."
    row.error(Code.OUTSIDE_AREA, column, message, hint)
    return False
