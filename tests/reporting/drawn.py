"""What a map file draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def lines_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The features that are drives, loaded or empty."""
    return [one for one in document["features"] if one["geometry"]["type"] == "LineString"]
