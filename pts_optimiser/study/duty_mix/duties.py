"""From duties to candidates and back: today's mix, and the duties of a date that a mix makes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from pts_optimiser.demand.shifts import rest_of
from pts_optimiser.demand.wall import at
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.policy import Policy
from pts_optimiser.study.duty_mix.mix import DAY_MIN, Candidate, busy
from pts_optimiser.study.duty_mix.need import OXYGEN, Base, Kind
from pts_optimiser.study.duty_mix.rules import Shift


def candidate_of(duty: Duty, service_date: date, contract: str) -> Candidate:
    """The duty without its date, by the clock on the wall."""
    base = Base(duty.base, duty.base_lat, duty.base_lon, contract)
    start, end = (moment.astimezone(LONDON) for moment in (duty.start_at, duty.end_at))
    minutes = [DAY_MIN * (m.date() - service_date).days + 60 * m.hour + m.minute for m in (start, end)]
    return Candidate(base, Kind(duty.vehicle_type, duty.crew), Shift(*minutes))


def duties_of(counts: Mapping[Candidate, int], service_date: date, policy: Policy) -> tuple[Duty, ...]:
    """The duties of a date in order of start, each with the first vehicle of its base that is back.

    Two-person crews can give oxygen, and every other single-handed one, as today's.
    """
    run = [candidate for candidate, number in counts.items() for _ in range(number)]
    free: dict[tuple[Base, str], list[Candidate]] = defaultdict(list)
    singles: Counter[Base] = Counter()
    duties = []
    for number, candidate in enumerate(sorted(run, key=lambda c: (c.shift.start, c.shift.end, c)), start=1):
        base, kind, shift = candidate.base, candidate.kind, candidate.shift
        vehicle = _vehicle(free[base, kind.vehicle_type], candidate)
        singles[base] += kind.crew == 1
        oxygen = kind.crew > 1 or singles[base] % 2 == 1
        duties.append(
            Duty(
                duty_id=f"C-{number:03d}",
                vehicle_id=f"{kind.vehicle_type}-{base.name}-{vehicle + 1:02d}",
                vehicle_type=kind.vehicle_type,
                base=base.name,
                base_lat=base.lat,
                base_lon=base.lon,
                start_at=at(service_date, shift.start),
                end_at=at(service_date, shift.end),
                crew=kind.crew,
                skills=policy.vehicle_types[kind.vehicle_type].skills | ({OXYGEN} if oxygen else set()),
                rest=rest_of(service_date, (shift.start, shift.end)),
                energy=policy.vehicle_types[kind.vehicle_type].energy,
            )
        )
    return tuple(duties)


def _vehicle(out: list[Candidate], candidate: Candidate) -> int:
    """The number of the vehicle that takes a duty; ``out`` has the last duty of each."""
    for number, last in enumerate(out):
        if not busy(last, candidate.shift.start):
            out[number] = candidate
            return number
    out.append(candidate)
    return len(out) - 1


def counted(duties: Sequence[Candidate]) -> dict[Candidate, int]:
    return dict(sorted(Counter(duties).items()))
