"""Stored rosters with the ways of their drives by road: as they were drawn once, and of later drives by a network."""

from __future__ import annotations

import json
import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pts_optimiser.domain.errors import TravelTimesError
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.services.hosted.shelf import Shelf
from pts_optimiser.services.ways import MAP, Drawn, along, drawn_in
from pts_optimiser.store import Store
from pts_optimiser.store.rosters import nearest_with, read_roster, read_text, roster_sha256

if TYPE_CHECKING:
    from geodata.roads import Roads

MOST_DRAWN = 2
_log = logging.getLogger(__name__)


class Ways:
    """The ways of one store's rosters. One a process; threads share it.

    ``network`` is the folder of a road network, opened when a drive asks for it; None where there is none.
    """

    def __init__(self, store: Store, network: Path | None = None) -> None:
        self._store, self._network = store, network
        self._drawn: Shelf[Drawn] = Shelf(MOST_DRAWN)

    def along(self, publication: Publication, version: int) -> Publication:
        """A stored version with the ways of its drives, where it, or what it is based on, was drawn along roads.

        Drives that were drawn then keep their way; those made since, by hand or by a re-plan, go by the network. What
        neither knows stays straight.

        Raises
        ------
        NotFoundError, DamagedError
            A map that was kept is not what was stored.
        """
        drawn = self._drawn_before(publication, version)
        if drawn is None:
            return publication
        return along(publication, drawn, lambda: self._roads)

    def drop_idle(self) -> None:
        """Forget what nobody has asked for in a while."""
        self._drawn.drop_idle()

    def _drawn_before(self, publication: Publication, version: int) -> Drawn | None:
        """The latest map that was kept of a version or of those that it is based on."""
        day = publication.roster.service_date
        with self._store.read() as session:
            source = nearest_with(session, day, version, MAP)
            if source is None:
                return None
            key = day, source, roster_sha256(session, day, source)

            def read() -> Drawn:
                document = json.loads(read_text(session, day, source, MAP))
                return drawn_in(document, read_roster(session, day, source))

            return self._drawn.get(key, read)

    @cached_property
    def _roads(self) -> Roads | None:
        if self._network is None:
            return None
        from pts_optimiser.planning.network_travel import usable_roads  # noqa: PLC0415  loads SciPy and the kernels

        try:
            return usable_roads(self._network)
        except TravelTimesError as error:
            _log.warning("drives made on the day are drawn straight: %s", error)
            return None
