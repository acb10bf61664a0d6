"""``diff.json``: what a re-plan changes, for machines."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from pts_optimiser.dayof.diff import Change, Diff


def diff_document(diff: Diff) -> dict[str, Any]:
    """The changes with their reasons, which crews must be told, and what they come to."""
    return {
        "changes": [_change(change) for change in diff.changes],
        "told": list(diff.told),
        "driving_s": diff.driving_s,
        "served": diff.served,
    }


def write_diff(out: Path, diff: Diff) -> None:
    """Add ``diff.json`` to a roster's folder."""
    (out / "diff.json").write_text(json.dumps(diff_document(diff), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _change(change: Change) -> dict[str, Any]:
    return {
        "journey_id": change.journey_id,
        "kind": change.kind.value,
        "from_duty": change.from_duty,
        "to_duty": change.to_duty,
        "pickup_before": _moment(change.pickup_before),
        "pickup_after": _moment(change.pickup_after),
        "minutes": change.minutes,
        "why": change.why,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
