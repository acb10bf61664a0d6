"""``/v1/days/{date}/options``: where one journey could go."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from apiflask import APIBlueprint

from api.context import caller
from api.kept import live
from api.manners.problems import bad_input, issue_in
from api.models.events import journey_document
from api.models.live import as_of
from api.models.options import OptionsIn, OptionsOut
from api.who.roles import allows
from pts_optimiser.domain.errors import InputError
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("options", __name__)


@blueprint.post("/days/<day:service_date>/options")
@allows(Role.CONTROLLER, Role.PLANNER)
@blueprint.input(OptionsIn)
@blueprint.output(OptionsOut)
@blueprint.doc(summary="Ask where a journey could go", operation_id="askOptions")
def ask(service_date: date, json_data: OptionsIn) -> Any:
    """Ranked places for a journey of the day, or for one that has just been asked for. Nothing is changed."""
    from pts_optimiser.services.hosted import options  # noqa: PLC0415  loads the solver

    most, moment = json_data.most, json_data.now
    if json_data.journey is None:
        asked = json_data.journey_id or ""
        offer = options.options_of(live(), caller(), service_date, asked, most=most, now=moment)
    else:
        journey = journey_document(json_data.journey)
        try:
            offer = options.options_of_new(live(), caller(), service_date, journey, most=most, now=moment)
        except InputError as error:
            raise bad_input(error, partial(issue_in, "/journey")) from None
    standing, answer = offer.standing, offer.answer
    return {
        "journey_id": answer.journey.journey_id,
        "as_of": as_of(standing.state.now, standing.position, standing.in_force.publication),
        "standing": answer.standing,
        "options": answer.options,
        "exchanges": answer.exchanges,
        "reasons": answer.reasons,
        "recorded": offer.recorded,
        "lock": offer.lock,
        "spoken_of": offer.spoken_of,
    }
