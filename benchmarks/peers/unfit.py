"""What a peer says of a problem that it cannot express."""

from __future__ import annotations


class UnfitError(Exception):
    """The message names what the peer does not know."""
