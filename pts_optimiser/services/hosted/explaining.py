"""``explain``: why a journey of a stored roster is where it is, and where else it could go. This asks the solver."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from time import perf_counter
from typing import Any

from pts_optimiser.dayof import fold, plan_of
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.domain.errors import InputError
from pts_optimiser.planning.replan.options import Desk
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.restricted import unnamed
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.outputs import Outputs
from pts_optimiser.services.hosted.rosters import RosterKey
from pts_optimiser.services.hosted.shelf import Shelf
from pts_optimiser.services.hosted.sight import answer_seen
from pts_optimiser.services.options import Answered, answer_document
from pts_optimiser.store import NotFoundError

MOST = 5
DESKS = 1
"""A desk of a weekday of 3,500 journeys takes some hundred megabytes."""


class Explanations:
    """Answers about the rosters of one store as they were made, without the day's events. Threads share it."""

    def __init__(self, outputs: Outputs) -> None:
        self._outputs = outputs
        self._desks: Shelf[Desk] = Shelf(DESKS)
        self._turn = Lock()

    def explain(self, caller: Caller, roster: RosterKey, journey_id: str) -> dict[str, Any]:
        """The place of a journey and the places it could have, or why it has none, as ``answer_document`` has it.

        Who is limited to some contracts is told of no journey of others, and of no exchange with one.

        Raises
        ------
        NotFoundError
            There is no such version, or no such journey that the caller sees.
        InputError
            The roster was made when the journey was under way: there was nothing left to place.
        """
        publication = self._outputs.publication(roster)
        journey = publication.journey_of.get(journey_id)
        if journey is None or not caller.sees(journey.contract):
            raise NotFoundError("no such journey in this roster")
        with self._turn:  # a desk takes the journey out while it looks around
            desk = self._desks.get(roster, lambda: _desk(publication))
            began = perf_counter()
            try:
                answer = desk.of(journey_id, MOST)
            except KeyError:
                raise InputError("the journey was under way when this roster was made; it keeps its place") from None
            seconds = perf_counter() - began
        recorded = next((left.reasons for left in publication.roster.unserved if left.journey_id == journey_id), ())
        if caller.contracts is not None:
            own = {other.journey_id for other in publication.journeys if caller.sees(other.contract)}
            others = [other.journey_id for other in publication.journeys if other.journey_id not in own]
            answer = replace(answer_seen(answer, own.__contains__), reasons=unnamed(answer.reasons, others))
            recorded = unnamed(recorded, others)
        return answer_document(Answered(answer, desk.plan.origin, recorded, None, (), seconds))

    def drop_idle(self) -> None:
        """Forget what nobody has asked for in a while."""
        self._desks.drop_idle()


def _desk(publication: Publication) -> Desk:
    plan = plan_of(publication.roster, publication.journeys, publication.duties, publication.policy, publication.travel)
    state = fold(plan, (), plan.origin)
    return Desk(plan, state, standing_roster(plan, state), day_rules(plan, state))
