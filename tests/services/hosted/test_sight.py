"""What is told of options to who sees some journeys only: nothing of others, and no exchange with one."""

from __future__ import annotations

from dataclasses import replace

from pts_optimiser.planning.replan.answer import Answer, Exchange, Moved, Option, Touched
from pts_optimiser.services.hosted.sight import answer_seen
from tests.services.hosted.town_day import at, stranger

OWN, OTHER = "own", "other"


def test_neither_a_place_nor_an_exchange_tells_of_journeys_of_others() -> None:
    moved, touched = (Moved(OWN, 0, 60), Moved(OTHER, 0, 90)), (Touched(OTHER, "arrive", kept=False),)
    place = Option("D1", at(9), at(10), 600, 5000, 600, (), moved, touched)
    seen = replace(place, moved=moved[:1], touched=())
    mine = Exchange(OWN, place, place, 900)
    answer = Answer(stranger(), place, (place,), (mine, replace(mine, new=None), Exchange(OTHER, place, None, 1)), ())
    own = replace(mine, option=seen, new=seen)
    assert answer_seen(answer, {OWN}.__contains__) == replace(
        answer, standing=seen, options=(seen,), exchanges=(own, replace(own, new=None))
    )
    assert answer_seen(replace(answer, standing=None), {OWN, OTHER}.__contains__) == replace(answer, standing=None)
