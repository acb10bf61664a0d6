"""What a re-plan pays for besides the policy's prices of change, in seconds of driving."""

from __future__ import annotations

LATE_S = 14_400
"""Worth spending to keep a journey inside a hard limit that the current plan breaks."""

KEPT_S = 200_000
"""What leaving out somebody costs who has been told a time."""

HAS_A_PLACE_S = 2_000_000
"""More than any number of others that a place could be given to."""

RESCUE_S = 300_000
"""To fetch a patient from a lost vehicle: dearer than any who have no place yet, not at the price of one who has."""

ABOARD_S = 5_000_000
"""More than anything: a patient aboard is brought to an end of the ride."""
