"""What can be wrong with places and roads."""

from __future__ import annotations


class RoadsError(Exception):
    """A road network that cannot be read, built or used; the message says what to do about it."""
