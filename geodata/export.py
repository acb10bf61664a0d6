"""A road network for analysts: as a networkx graph that osmnx understands, and as a geopandas table of arcs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from geodata.errors import RoadsError
from geodata.network import DEGREE, HIGHWAYS, TRAFFIC_CLASSES, RoadNetwork

if TYPE_CHECKING:
    import geopandas
    import networkx

CRS = "EPSG:4326"


def to_networkx(network: RoadNetwork) -> networkx.MultiDiGraph:
    """The network as a graph with the attributes that osmnx gives its own.

    Junctions are numbered as in ``network`` and have ``x`` and ``y`` in degrees; arcs have ``length`` (m),
    ``travel_time`` (s, free flow), ``highway``, ``traffic_class``, ``toll``, ``arc`` (their number in ``network``) and
    ``geometry``.

    Raises
    ------
    RoadsError
        The packages for it are not installed.
    """
    try:
        import networkx  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    graph = networkx.MultiDiGraph(crs=CRS, attribution=network.attribution, model=network.model)
    places = zip((network.lon / DEGREE).tolist(), (network.lat / DEGREE).tolist(), strict=True)
    graph.add_nodes_from((node, {"x": x, "y": y}) for node, (x, y) in enumerate(places))
    table = _columns(network)
    rows = zip(*(values.tolist() for values in table.values()), _lines(network).tolist(), strict=True)
    names = ("length", "travel_time", "highway", "traffic_class", "toll", "geometry")
    graph.add_edges_from(
        (tail, head, 0, {"arc": arc, **dict(zip(names, rest, strict=True))})
        for arc, (tail, head, *rest) in enumerate(rows)
    )
    return graph


def to_geodataframe(network: RoadNetwork) -> geopandas.GeoDataFrame:
    """One row an arc, in the order of ``network``: tail, head, metres, seconds, kinds, toll and its line in WGS 84.

    ``attrs`` holds the model and the attribution that a map must show.

    Raises
    ------
    RoadsError
        The packages for it are not installed.
    """
    try:
        import geopandas  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    frame = geopandas.GeoDataFrame(_columns(network), geometry=_lines(network), crs=CRS)
    frame.attrs.update(model=network.model, attribution=network.attribution)
    return frame


def _columns(network: RoadNetwork) -> dict[str, NDArray[Any]]:
    return {
        "tail": network.tail,
        "head": network.head,
        "length_m": network.decimetres / 10,
        "seconds": network.freeflow_cs / 100,
        "highway": np.array(HIGHWAYS)[network.highway],
        "traffic_class": np.array(TRAFFIC_CLASSES)[network.traffic_class],
        "toll": network.toll,
    }


def _lines(network: RoadNetwork) -> NDArray[Any]:
    """The line of every arc, from its tail by its shape to its head."""
    try:
        import shapely  # type: ignore[import-untyped]  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    m = network.arcs
    bends = np.diff(network.shape_first)
    first = network.shape_first[:-1] + 2 * np.arange(m)  # every line has its two ends beside its bends
    last = first + bends + 1
    arc = np.repeat(np.arange(m), bends + 2)
    inner = np.ones(len(arc), bool)
    inner[first] = inner[last] = False
    points = np.empty((len(arc), 2))
    for axis, node, shape in ((0, network.lon, network.shape_lon), (1, network.lat, network.shape_lat)):
        points[first, axis], points[last, axis], points[inner, axis] = node[network.tail], node[network.head], shape
    lines: NDArray[Any] = shapely.linestrings(points / DEGREE, indices=arc)
    return lines


def _missing(error: ModuleNotFoundError) -> RoadsError:
    return RoadsError(f"this needs {error.name}: pip install 'pts-optimiser[roads]'")
