"""The travel times that reporting reads: whatever has these arrays will do."""

from __future__ import annotations

from typing import Any, Protocol

from numpy.typing import NDArray


class Travel(Protocol):
    """Travel of one day over ``n`` places and ``b`` bands; a stop's ``location`` indexes the places.

    ``lat``, ``lon`` [n] in degrees; ``seconds`` [b, n, n]; ``metres`` [n, n]; ``band_start_s`` [b], seconds after
    local midnight.
    """

    @property
    def lat(self) -> NDArray[Any]: ...
    @property
    def lon(self) -> NDArray[Any]: ...
    @property
    def seconds(self) -> NDArray[Any]: ...
    @property
    def metres(self) -> NDArray[Any]: ...
    @property
    def band_start_s(self) -> NDArray[Any]: ...
