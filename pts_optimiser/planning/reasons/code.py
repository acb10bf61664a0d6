"""The codes of reasons, in the order in which they are looked for; ``docs/unserved.md`` explains each."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    HELD = "held"
    NO_CREW = "no_crew"
    NO_SKILL = "no_skill"
    NO_CONTRACT = "no_contract"
    NO_LAYOUT = "no_layout"
    NO_CAPABLE_DUTY = "no_capable_duty"
    NO_DUTY_IN_TIME = "no_duty_in_time"
    FITS_NOW = "fits_now"
    TARGETS_IN_THE_WAY = "targets_in_the_way"
    OUT_OF_RANGE = "out_of_range"
    SHIFT_TOO_SHORT = "shift_too_short"
    BREAK_IN_THE_WAY = "break_in_the_way"
    NO_FREE_PLACE = "no_free_place"
    CANNOT_SHARE = "cannot_share"
    RIDE_TOO_LONG = "ride_too_long"
    TIMES_TAKEN = "times_taken"
    NO_ROOM = "no_room"
