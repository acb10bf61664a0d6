"""What the clashes on the nearest duties mean: a code, a sentence, changes that would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from pts_optimiser.planning.reasons.case import Case
from pts_optimiser.planning.reasons.code import Code
from pts_optimiser.planning.reasons.wording import misses_text, relaxation_text, rule_text
from solver.explain import Clash, Kind, Relaxation

CODES = (
    (frozenset({Kind.DISTANCE}), Code.OUT_OF_RANGE),
    (frozenset({Kind.START, Kind.END, Kind.DURATION}), Code.SHIFT_TOO_SHORT),
    (frozenset({Kind.BREAK}), Code.BREAK_IN_THE_WAY),
    (frozenset({Kind.ROOM}), Code.NO_FREE_PLACE),
    (frozenset({Kind.SHARING}), Code.CANNOT_SHARE),
    (frozenset({Kind.RIDE}), Code.RIDE_TOO_LONG),
)
"""Codes by the kinds of rules, the most telling first."""

OF_DUTY = frozenset({Kind.START, Kind.END, Kind.BREAK, Kind.ROOM})
OF_PATIENT = frozenset({Kind.LATEST, Kind.RIDE})
"""What may be asked to give way; who has an appointment may also come earlier."""

WORTH_S = {Kind.BREAK: 900, Kind.LATEST: 1_800, Kind.EARLIEST: 1_800, Kind.RIDE: 1_800, Kind.ROOM: 3_600}
"""What asking for a change costs besides its seconds: a longer shift is easier to get than a patient's time."""

MISS_S = 600
"""What each missed target counts in the same scale."""

PATIENT_MOST_S = 3_600
OFFERED = 2
"""How many changes an action names."""


def may_ease(case: Case, r: int) -> frozenset[Kind]:
    """What a planner could ask for on behalf of a journey."""
    return OF_DUTY | OF_PATIENT | ({Kind.EARLIEST} if case.journeys[r].tied_to_appointment else frozenset())


def code_of(clash: Clash) -> Code:
    """What the clash is about: the least change that undoes it or, where none does, its rules."""
    if not clash.rules:
        return Code.FITS_NOW
    kinds = {rule.kind for rule in clash.rules}
    least = min(_worths(clash), key=itemgetter(0), default=None)
    if least is not None:
        if least[1] is None:
            return Code.TARGETS_IN_THE_WAY
        kinds = {least[1].rule.kind}
    return next((code for about, code in CODES if kinds & about), Code.TIMES_TAKEN)


def telling(clashes: Sequence[Clash]) -> Clash:
    """The clash that the least change undoes; where no change does, the one of fewest rules, on the nearest duty."""
    changed = [(worth, rank) for rank, clash in enumerate(clashes) for worth, _ in _worths(clash)]
    return clashes[min(changed)[1]] if changed else min(clashes, key=lambda clash: len(clash.rules))


def detail(case: Case, r: int, clash: Clash) -> str:
    """What stands in the way on one duty."""
    duty = case.duties[clash.vehicle].duty_id
    if not clash.rules:
        return f"It fits {duty} as that stands; the search ended before it came to that."
    rules = "; ".join(rule_text(case, clash.vehicle, r, rule) for rule in clash.rules)
    return f"On {duty} {'this cannot hold' if len(clash.rules) == 1 else 'these cannot all hold'}: {rules}."


def changes(case: Case, r: int, clashes: Sequence[Clash]) -> str:
    """The least changes that would let the journey in, on any of the duties; empty where there is none."""
    found = sorted(
        (worth, rank, relaxation_text(case, clash.vehicle, r, one) if one else misses_text(case, clash))
        for rank, clash in enumerate(clashes)
        for worth, one in _worths(clash)
    )
    return " ".join(text for *_, text in found[:OFFERED])


def _worths(clash: Clash) -> Iterator[tuple[int, Relaxation | None]]:
    """What each change that undoes a clash costs; None stands for the targets that others miss."""
    if clash.misses:
        yield MISS_S * len(clash.misses), None
    for one in clash.relaxations:
        if one.rule.kind in OF_DUTY or one.amount <= PATIENT_MOST_S:
            yield one.amount + WORTH_S.get(one.rule.kind, 0), one
