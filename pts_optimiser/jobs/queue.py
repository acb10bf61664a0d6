"""The queues of the jobs, in DBOS: which there are, where they are kept, and how a plan gets into one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID

from pts_optimiser.store.engine import read_url
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.words import PlanKind

VERSION = "1"
"""Of what is in the queues, not of the program: what an old build has queued is done by a new one."""
POLL_S = 0.1
URGENT, PATIENT = "urgent", "patient"
_QUEUE = dict.fromkeys(PlanKind, PATIENT) | {PlanKind.REOPTIMISE: URGENT}
"""The control room waits for no plan: each worker takes one urgent turn and one other at a time."""
_MOST_FORGOTTEN = 500
_BEGUN = 1
_PRIORITY = {PlanKind.REOPTIMISE: 2, PlanKind.PLAN: 2, PlanKind.EXPORT: 3, PlanKind.STUDY: 4}
"""Within a queue; less is sooner, and what was begun before its worker died comes first."""


class Queue:
    """Takes turns from the queues beside a store and has them carried out, one of each queue at a time.

    Parameters
    ----------
    url
        The store.
    executor
        Names this process among all that ever were: DBOS recovers nothing for it, the watch does that for all.
    take_turns
        What is done with a plan, by its id, from the turn after a fence.
    """

    def __init__(self, url: str, executor: str, take_turns: Callable[[str, int], None]) -> None:
        @DBOS.workflow(name="carry_out")
        def carry_out(plan_id: str, fence: int) -> None:
            take_turns(plan_id, fence)

        self._carry_out = carry_out
        DBOS(config=_config(url, executor))
        DBOS.listen_queues([URGENT, PATIENT])
        DBOS.launch()
        for name in (URGENT, PATIENT):
            DBOS.register_queue(name, worker_concurrency=1, polling_interval_sec=POLL_S)

    def put(self, plan: Plan) -> None:
        """Queue the next turn of a plan; once, however many see that it is due."""
        priority = _BEGUN if plan.fence else _PRIORITY[plan.kind]
        with SetWorkflowID(f"{plan.plan_id}.{plan.revision}"), SetEnqueueOptions(priority=priority):
            DBOS.enqueue_workflow(_QUEUE[plan.kind], self._carry_out, plan.plan_id, plan.fence)

    def holds(self, plan: Plan) -> bool:
        """Whether a turn of the plan is still to be taken."""
        waiting = DBOS.list_workflows(
            workflow_id_prefix=f"{plan.plan_id}.", status="ENQUEUED", limit=1, load_input=False, load_output=False
        )
        return bool(waiting)

    def forget(self, before: datetime) -> int:
        """Delete what DBOS keeps of turns that were over before a moment, and return how many: the store has all that
        matters of them. At most some hundreds at a time.
        """
        over = DBOS.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            completed_before=before.isoformat(),
            limit=_MOST_FORGOTTEN,
            load_input=False,
            load_output=False,
        )
        DBOS.delete_workflows([turn.workflow_id for turn in over])
        return len(over)

    def close(self) -> None:
        """Take no more turns."""
        DBOS.destroy(destroy_registry=True)


def _config(url: str, executor: str) -> DBOSConfig:
    database, _ = read_url(url)
    if database.get_backend_name() == "sqlite":
        database = database.set(database=f"{database.database}.jobs")
    return {
        "name": "pts-optimiser",
        "system_database_url": database.render_as_string(hide_password=False),
        "application_version": VERSION,
        "executor_id": executor,
        "log_level": "WARNING",
    }
