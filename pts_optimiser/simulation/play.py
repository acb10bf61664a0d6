"""One day, one policy: crews, messages and control room on one simpy clock."""

from __future__ import annotations

from collections.abc import Generator
from itertools import groupby
from typing import Any

from simpy import Environment
from simpy import Event as Occurrence

from pts_optimiser.dayof import Plan
from pts_optimiser.domain.events import DutyDelayed, DutyLost
from pts_optimiser.planning.replan import Replanning
from pts_optimiser.simulation.control_room import ControlRoom, DayPolicy
from pts_optimiser.simulation.crew import Crew
from pts_optimiser.simulation.happenings import Happenings
from pts_optimiser.simulation.world import World

TICK_S = 60
OVERRUN_S = 6 * 3600
"""So long after the last shift whoever is still out is not followed any more."""


def play(plan: Plan, day: Happenings, policy: DayPolicy, how: Replanning, every_s: int) -> tuple[World, ControlRoom]:
    """Play a day to its end."""
    first = min([0, *(second for second, _ in day.messages)])
    env = Environment(initial_time=first)
    world = World(env, plan, day)
    crews = {duty_id: Crew(duty, world) for duty_id, duty in plan.duties.items()}
    room = ControlRoom(world, tuple(crews.values()), policy, how, every_s)
    last = max(plan.seconds(duty.end_at) for duty in plan.duties.values())
    env.process(_messages(world, room, crews))
    env.process(_rounds(env, room, last))
    env.run(until=max(last, first) + OVERRUN_S)
    return world, room


def _messages(world: World, room: ControlRoom, crews: dict[str, Crew]) -> Generator[Occurrence, Any, None]:
    for second, batch in groupby(world.happenings.messages, key=lambda message: message[0]):
        yield world.env.timeout(second - world.env.now)
        events = [event for _, event in batch]
        for event in events:
            match event.body:
                case DutyLost(duty_id=duty_id) if duty_id in world.happenings.losses:
                    crews[duty_id].lose()
                case DutyDelayed(duty_id=duty_id) if duty_id in world.happenings.delays:
                    crews[duty_id].delay(world.happenings.delays[duty_id])
                case _:
                    pass
        room.hear(events)


def _rounds(env: Environment, room: ControlRoom, last: int) -> Generator[Occurrence, Any, None]:
    yield env.timeout(max(0, room.due - env.now))
    while env.now <= last:
        room.tick()
        yield env.timeout(TICK_S)
