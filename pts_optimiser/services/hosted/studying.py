"""A study that was ordered, from the store to the folder of studies; one that somebody began before goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli_w

from pts_optimiser.domain.errors import InputError
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.services.hosted.orders import StudyOrder
from pts_optimiser.services.hosted.turn import Turn
from pts_optimiser.services.study import StudyOrder as Run
from pts_optimiser.services.study import study as run_study
from pts_optimiser.store import ConflictError, Store, days
from pts_optimiser.store.studies import remove_rows, studies_folder
from pts_optimiser.store.words import PlanStatus
from pts_optimiser.study.in_place import in_place

POLICY = "policy.toml"
FRIDAY = 4


def study(turn: Turn) -> None:
    """Run the study in this process and end the plan: complete, or stopped with the days solved until then.

    Journeys of days that are kept are written for as long as the study runs. Of the answers only tables stay, and of
    these none with a row for each journey.

    Raises
    ------
    InputError
        What was ordered cannot be run.
    RefusedRosterError
        A plan of a day that the referee does not pass.
    ConflictError, NotFoundError
        Another worker holds the plan, or it has ended.
    """
    order = StudyOrder.from_document(turn.plan.order)
    out = studies_folder(turn.store) / turn.plan.plan_id
    out.mkdir(mode=0o700, parents=True, exist_ok=True)

    def tell(done: float, whole: float) -> None:
        turn.figures = {"done": round(done, 2), "all": round(whole, 2)}

    def over() -> bool:
        if turn.lost:
            raise ConflictError("another worker goes on with the study in this folder")
        return turn.over()

    try:
        with TemporaryDirectory(dir=out, prefix="input-") as place:
            plan = Path(place, "plan.toml")
            plan.write_text(tomli_w.dumps(_plan(turn.store, order, plan.parent)), encoding="utf-8")
            run_study(Run(plan, out, workers=1), tell, in_place(over))
    except InputError:
        if not over():
            raise
        shutil.rmtree(out)  # stopped before there was anything to keep
    turn.end(PlanStatus.STOPPED if over() else PlanStatus.COMPLETE)
    remove_rows(out)


def _plan(store: Store, order: StudyOrder, place: Path) -> dict[str, Any]:
    """The document of ``study``; journeys and duties of days that are kept are written to ``place``."""
    lists = {"distancing": order.distancing, "demand": order.demand, "fleet": order.fleet}
    plan: dict[str, Any] = {
        "title": order.title,
        "defaults": {"budget": order.budget, "seed": order.seed},
        "scenarios": [{name: list(values) for name, values in lists.items()}],
    }
    compared = next((name for name, values in lists.items() if len(values) > 1), None)
    if compared is not None:
        plan["compare"] = {"over": compared, "baseline": lists[compared][0]}
    if order.source == "generated":
        weekdays = {"weekdays": ["mon", "tue", "wed", "thu", "fri"]} if order.weekdays else {}
        made = {"first": order.first, "last": order.last, "seed": order.seed, "contracts": list(order.contracts)}
        return plan | {"days": {"generate": made | weekdays}}
    files = list(_kept(store, order, place))
    if not files:
        raise InputError("none of the days is here any more")
    return plan | {"days": {"files": files}, "policy_file": POLICY}


def _kept(store: Store, order: StudyOrder, place: Path) -> Iterator[dict[str, str]]:
    """Journeys and duties of each day that is kept; the policy is that of the last one."""
    with store.read() as session:
        found = days.service_days(
            session, before=order.last + timedelta(days=1), limit=(order.last - order.first).days + 1
        )
        wanted = [day for day in reversed(found) if day.service_date >= order.first]
        for day in wanted:
            if order.weekdays and day.service_date.weekday() > FRIDAY:
                continue
            names = {kind: f"{day.service_date}-{kind}.csv" for kind in ("journeys", "duties")}
            (place / names["journeys"]).write_text(
                journeys_csv(days.journeys(session, day.service_date)), encoding="utf-8"
            )
            (place / names["duties"]).write_text(duties_csv(days.duties(session, day.service_date)), encoding="utf-8")
            (place / POLICY).write_text(days.policy_toml(session, day.policy_sha256), encoding="utf-8")
            yield names
