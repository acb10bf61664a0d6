"""A roster file read back."""

from __future__ import annotations

import json
from pathlib import Path

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.roster import Roster
from pts_optimiser.domain.roster_json import roster_from_document
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.findings import Findings


def roster_folder(path: Path) -> Path:
    """Where a roster's inputs and travel times are: beside ``roster.json``, however the roster was named."""
    return path if path.is_dir() else path.parent


def read_roster(path: Path) -> Roster:
    """Read ``roster.json`` (or the folder that holds it).

    Raises
    ------
    InputError
        Where the file cannot be read or is not a roster of this format.
    """
    file = path / "roster.json" if path.is_dir() else path
    findings = Findings(file.name)
    try:
        return roster_from_document(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        why, hint = error.strerror or str(error), "name a roster.json or the folder of a plan."
        findings.fail(Code.UNREADABLE_FILE, f"the file cannot be read: {why}.", hint)
        raise InputError(f"{file}: {why}. {hint.capitalize()}", findings.issues) from error
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        what = f"field {error} is missing" if isinstance(error, KeyError) else str(error)
        message = f"not a roster of this format: {what}."
        findings.fail(Code.NOT_A_ROSTER, message, "plan again, or restore the file.")
        raise InputError(f"{file} is not a roster", findings.issues) from error
