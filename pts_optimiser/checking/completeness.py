"""The two lists hold every journey once, and the head of the roster tells the truth about the day and the policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.violation import Code, Violation


def check_completeness(case: Case) -> Iterator[Violation]:
    known = dict.fromkeys(journey.journey_id for journey in case.journey_list)
    served = {
        visit.journey.journey_id for course in case.courses for visit in course.visits if visit.journey is not None
    }
    unserved = Counter(left.journey_id for left in case.roster.unserved)
    for journey_id in known:
        if journey_id not in served and journey_id not in unserved:
            yield Violation(Code.LOST_JOURNEY, "is on no duty and not unserved", journey_id=journey_id)
    for journey_id, count in unserved.items():
        if journey_id not in known:
            yield Violation(Code.UNKNOWN_JOURNEY, "no journey of the inputs has this id", journey_id=journey_id)
        if journey_id in served:
            yield Violation(Code.SERVED_AND_UNSERVED, "is on a duty and unserved", journey_id=journey_id)
        if count > 1:
            yield Violation(Code.DUPLICATE_UNSERVED, f"is unserved {count} times", journey_id=journey_id)
    for left in case.roster.unserved:
        if not left.reasons:
            yield Violation(Code.UNSERVED_WITHOUT_REASON, "no reason is given", journey_id=left.journey_id)
    yield from _head(case, {"served": len(served), "unserved": len(unserved)})


def _head(case: Case, counts: dict[str, int]) -> Iterator[Violation]:
    roster, policy = case.roster, case.policy
    if roster.service_date != case.service_date:
        text = f"service_date is {roster.service_date}, most duties start on {case.service_date}"
        yield Violation(Code.SERVICE_DATE, text)
    names = {
        "distancing": "off" if policy.distancing is None else policy.distancing.name,
        "standards": policy.standards_name,
    }
    for key, name in names.items():
        if roster.policy.get(key) != name:
            yield Violation(Code.POLICY_NAME, f"{key} is {roster.policy.get(key)!r}, in use is {name!r}")
    for key, count in counts.items():
        if key in roster.kpis and roster.kpis[key] != count:
            yield Violation(Code.KPI_COUNT, f"kpis say {key} is {roster.kpis[key]!r}, counted {count}")
