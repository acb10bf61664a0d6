"""A roster file read back."""

from __future__ import annotations

import json
from pathlib import Path

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.roster import Roster
from pts_optimiser.domain.roster_json import roster_from_document
from pts_optimiser.intake.codes import Code


def read_roster(path: Path) -> Roster:
    """Read ``roster.json`` (or the folder that holds it).

    Raises
    ------
    InputError
        Where the file cannot be read or is not a roster of this format.
    """
    file = path / "roster.json" if path.is_dir() else path
    try:
        return roster_from_document(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}. Name a roster.json or the folder of a plan.") from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        what = f"field {error} is missing" if isinstance(error, KeyError) else str(error)
        issue = Issue(
            file.name,
            None,
            None,
            Code.NOT_A_ROSTER,
            f"not a roster of this format: {what}.",
            "Plan again, or restore the file.",
        )
        raise InputError(f"{file} is not a roster", (issue,)) from error
