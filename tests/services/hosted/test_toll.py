"""What a change of duties costs, as the figures of a roster count it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pts_optimiser.domain.roster import RosteredDuty, StopKind
from pts_optimiser.services.hosted.toll import Stand, toll
from tests.services.hosted.town_day import planned


def _used() -> RosteredDuty:
    """A duty with work."""
    return next(entry for entry in planned().roster.duties if entry.stops)


def _stand(*duties: RosteredDuty) -> Stand:
    plan = planned()
    roster = replace(plan.roster, duties=duties)
    return Stand(roster, tuple(plan.journeys.values()), tuple(plan.duties.values()), plan.travel)


def test_a_duty_taken_into_use_is_paid_whole_and_a_duty_given_up_saves_as_much() -> None:
    plan, used = planned(), _used()
    idle = replace(used, stops=(), drive_s=0, drive_m=0)
    opened, closed = (toll(_stand(a), _stand(b), plan.policy) for a, b in ((idle, used), (used, idle)))
    duty = plan.duties[used.duty_id]
    rest = sum((s.depart_at - s.begin_at for s in used.stops if s.kind is StopKind.BREAK), timedelta())
    assert opened.paid_s == duty.crew * (duty.end_at - duty.start_at - rest).total_seconds() == -closed.paid_s
    pay = opened.paid_s / 3600 * plan.policy.crew_cost_per_hour
    assert opened.pounds > pay > 0
    assert closed.pounds == -opened.pounds


def _later(journey_id: str) -> RosteredDuty:
    """The duty with one journey's stops three hours later."""
    used = _used()
    shift = timedelta(hours=3)
    stops = (
        replace(s, begin_at=s.begin_at + shift, depart_at=s.depart_at + shift) if s.journey_id == journey_id else s
        for s in used.stops
    )
    return replace(used, stops=tuple(stops))


def test_who_comes_later_than_the_target_breaks_a_standard_and_who_comes_back_mends_it() -> None:
    policy, used = planned().policy, _used()
    carried = {s.journey_id for s in used.stops if s.journey_id}
    broken = {j: toll(_stand(used), _stand(_later(j)), policy) for j in carried}
    assert any(one.standards for one in broken.values())
    for journey_id, found in broken.items():
        assert {(one.journey_id, one.kept) for one in found.standards} <= {(journey_id, False)}
        mended = toll(_stand(_later(journey_id)), _stand(used), policy)
        assert [replace(one, kept=True) for one in found.standards] == list(mended.standards)
        assert found.pounds == 0
