"""``options`` and ``explain``: one journey of a roster, or one more, and where it could go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pts_optimiser.cli.reoptimise import moment
from pts_optimiser.cli.terminal import Json, answering, print_json, say_issues, source

if TYPE_CHECKING:
    from datetime import datetime

    from pts_optimiser.domain.journey import Journey
    from pts_optimiser.domain.roster import Reason
    from pts_optimiser.planning.replan.answer import Answer, Exchange, Option
    from pts_optimiser.services.options import Answered

Roster = Annotated[Path, typer.Argument(help="roster.json, or the folder that plan or reoptimise wrote.")]
Events = Annotated[Path | None, typer.Option("--events", help="events.jsonl, or - for standard input.")]
Now = Annotated[str | None, typer.Option("--now", help="The moment, such as 2026-09-15T10:30; needed with --events.")]
Most = Annotated[int, typer.Option("--most", min=1, help="Options at most.")]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Use the good events and list the rest.")]


def options(
    roster: Roster,
    journey_id: Annotated[str | None, typer.Argument(help="A journey of the day.")] = None,
    journey: Annotated[
        Path | None, typer.Option("--journey", help="A file like journeys.csv with one journey more, or -.")
    ] = None,
    events: Events = None,
    now: Now = None,
    most: Most = 5,
    skip_bad: SkipBad = False,
    json: Json = False,
) -> None:
    """Rank the places for one journey: duty, times, extra driving, whom it delays, what standards it touches.

    Where it fits nowhere: who could make room for it, and why it does not fit.
    """
    answered = _asked(roster, journey_id, journey, events, now, most, skip_bad=skip_bad, json=json)
    if answered is not None:
        _print_options(answered.answer)


def explain(
    roster: Roster,
    journey_id: Annotated[str, typer.Argument(help="A journey of the day.")],
    events: Events = None,
    now: Now = None,
    most: Most = 5,
    skip_bad: SkipBad = False,
    json: Json = False,
) -> None:
    """Say why a journey is on its duty at its time, or why it has none, and what would be next best."""
    answered = _asked(roster, journey_id, None, events, now, most, skip_bad=skip_bad, json=json)
    if answered is not None:
        _print_explanation(answered)


def _asked(
    roster: Path,
    journey_id: str | None,
    journey: Path | None,
    events: Path | None,
    now: str | None,
    most: int,
    *,
    skip_bad: bool,
    json: bool,
) -> Answered | None:
    """The answer; None where it has been printed for a machine."""
    with answering(as_json=json):
        from pts_optimiser.domain.errors import InputError
        from pts_optimiser.services.options import Question, answer_document, options_for

        if (journey_id is None) == (journey is None):
            raise InputError("name a journey of the day, or give one more with --journey; one of the two")
        if events is not None and now is None:
            raise InputError("--events needs --now, the moment up to which they count")
        question = Question(
            roster=roster,
            journey_id=journey_id,
            journey=source(journey) if journey else None,
            events=source(events) if events else None,
            now=moment(now) if now else None,
            most=most,
            skip_bad=skip_bad,
        )
        answered = options_for(question)
        if not json:
            say_issues(answered.issues)
            return answered
        print_json(answer_document(answered))
    return None


def _print_options(answer: Answer) -> None:
    name = answer.journey.journey_id
    if answer.standing is not None:
        typer.echo(f"{name} is on {_place(answer.standing)}. Taken out, it could go:")
    for rank, option in enumerate(answer.options, start=1):
        typer.echo(f"{rank:>2}. {_place(option)}")
        for line in _effects(option):
            typer.echo(f"      {line}")
    if not answer.options:
        typer.echo(f"{name} fits {'no other duty' if answer.standing else 'no duty'} as the plan stands.")
    for exchange in answer.exchanges:
        typer.echo(f" –  {_exchange(exchange)}")
        for line in (*_effects(exchange.option), *(_effects(exchange.new) if exchange.new else ())):
            typer.echo(f"      {line}")
    _print_reasons(answer.reasons)


def _print_explanation(answered: Answered) -> None:
    answer = answered.answer
    name, standing = answer.journey.journey_id, answer.standing
    if standing is None:
        typer.echo(f"{name} has no place.")
        if not answer.reasons:  # it has options now; why it had none when the roster was made
            _print_reasons(answered.recorded)
        _print_options(answer)
        return
    kept = "keeps all its targets" if not standing.misses else f"misses its target: {', '.join(standing.misses)}"
    typer.echo(f"{name} ({_due(answer.journey)}) is on {_place(standing)}; it {kept}.")
    if answered.lock is not None:
        typer.echo(f"It is locked there by {answered.lock.user}: {answered.lock.reason or 'no reason given'}.")
    others = [option for option in answer.options if option.duty_id != standing.duty_id]
    if not others:
        typer.echo("No other duty could take it as the plan stands.")
        return
    more = round((others[0].extra_drive_s - standing.extra_drive_s) / 60)
    verdict = "no other drives less for it" if more >= 0 else "another drives less for it, but it would change duty"
    typer.echo(
        f"{len(others)} other duties among the best could take it; {verdict}. Next best ({more:+d} min driving):"
    )
    for option in others:
        typer.echo(f"    {_place(option)}")
        for line in _effects(option):
            typer.echo(f"      {line}")


def _print_reasons(reasons: tuple[Reason, ...]) -> None:
    for reason in reasons:
        typer.echo(f"Why: {reason.detail} ({reason.code})\nWhat helps: {reason.action}")


def _place(option: Option) -> str:
    missed = f", misses {', '.join(option.misses)}" if option.misses else ""
    return (
        f"{option.duty_id}: pick-up {_clock(option.pickup_at)}, drop-off {_clock(option.dropoff_at)},"
        f" {option.extra_drive_s / 60:+.0f} min and {option.extra_drive_m / 1000:+.1f} km of driving{missed}"
    )


def _effects(option: Option) -> list[str]:
    """Whom an option moves and whose targets it touches."""
    lines = []
    for moved in option.moved:
        boards = "aboard" if moved.pickup_s is None else f"pick-up {moved.pickup_s / 60:+.0f} min"
        lines.append(f"{moved.journey_id}: {boards}, drop-off {moved.dropoff_s / 60:+.0f} min")
    lines += [
        f"{one.journey_id} {'keeps' if one.kept else 'misses'} its target: {one.standard}" for one in option.touched
    ]
    return lines


def _exchange(exchange: Exchange) -> str:
    away = "which then has no place" if exchange.new is None else f"which goes to {_place(exchange.new)}"
    return f"{_place(exchange.option)}, in the place of {exchange.journey_id}, {away}"


def _due(journey: Journey) -> str:
    if journey.tied_to_appointment and journey.appointment_at is not None:
        return f"appointment {_clock(journey.appointment_at)}"
    return f"ready {_clock(journey.ready_at)}" if journey.ready_at else journey.category


def _clock(at: datetime) -> str:
    return f"{at:%H:%M}"
