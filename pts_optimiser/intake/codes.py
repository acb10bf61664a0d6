"""The stable codes of what intake can find; each has its entry in ``docs/errors.md``."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    # the file
    UNREADABLE_FILE = "unreadable_file"
    BAD_ENCODING = "bad_encoding"
    NOT_UTF8 = "not_utf8"
    TOO_LARGE = "too_large"
    EMPTY_FILE = "empty_file"
    NO_HEADER = "no_header"
    NO_ROWS = "no_rows"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_COLUMN = "unknown_column"
    DUPLICATE_COLUMN = "duplicate_column"
    MALFORMED_CSV = "malformed_csv"
    CELL_COUNT = "cell_count"
    # any cell
    MISSING_VALUE = "missing_value"
    CONTROL_CHARACTER = "control_character"
    TOO_LONG = "too_long"
    FORMULA_CELL = "formula_cell"
    NHS_NUMBER = "nhs_number"
    UNKNOWN_VALUE = "unknown_value"
    BAD_NUMBER = "bad_number"
    BAD_TIME = "bad_time"
    TIME_DOES_NOT_EXIST = "time_does_not_exist"
    TIME_EXISTS_TWICE = "time_exists_twice"
    OTHER_DAY = "other_day"
    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_CONTRACT = "unknown_contract"
    # places
    MISSING_PLACE = "missing_place"
    COORDINATES_ZERO = "coordinates_zero"
    COORDINATES_SWAPPED = "coordinates_swapped"
    OUTSIDE_AREA = "outside_area"
    UNKNOWN_POSTCODE = "unknown_postcode"
    POSTCODE_SECTOR_ONLY = "postcode_sector_only"
    # journeys
    UNKNOWN_MOBILITY = "unknown_mobility"
    OUTWARD_WITHOUT_INWARD = "outward_without_inward"
    INWARD_REJECTED = "inward_rejected"
    ATTENDANCE_REPEATED = "attendance_repeated"
    ATTENDANCE_MISMATCH = "attendance_mismatch"
    READY_BEFORE_APPOINTMENT = "ready_before_appointment"
    # duties
    UNKNOWN_VEHICLE_TYPE = "unknown_vehicle_type"
    SHIFT_BACKWARDS = "shift_backwards"
    SHIFT_TOO_LONG = "shift_too_long"
    BREAK_WINDOW = "break_window"
    BREAK_OUTSIDE_SHIFT = "break_outside_shift"
    VEHICLE_OVERLAP = "vehicle_overlap"
    # events
    NOT_AN_EVENT = "not_an_event"
    UNKNOWN_EVENT = "unknown_event"
    UNKNOWN_FIELD = "unknown_field"
    BAD_FIELD = "bad_field"
    # policy
    BAD_TOML = "bad_toml"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    BAD_VALUE = "bad_value"
    UNKNOWN_PROFILE = "unknown_profile"
    # rosters
    NOT_A_ROSTER = "not_a_roster"
