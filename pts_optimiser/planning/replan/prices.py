"""What a re-plan pays for besides the policy's prices of change, in seconds of driving."""

from __future__ import annotations

LATE_S = 14_400
"""Worth spending to keep a journey inside a hard limit that the current plan breaks."""

KEPT_S = 200_000
"""What leaving out somebody costs who has been told a time."""

FAR_S = 900
"""Where a vehicle is lost, no other pick-up moves by more than this,"""

MOVED_FAR_S = 3_600
"""but to fetch a patient from it, at this price each."""

HAS_A_PLACE_S = 20_000_000
"""More than any number of others that a place could be given to, and than all who sit in a lost vehicle."""

RESCUE_S = 1_900_000
"""To fetch a patient from a lost vehicle: dearer than any number of others without a place, not at the price of one."""

ABOARD_S = 200_000_000
"""More than anything: a patient aboard is brought to an end of the ride."""
