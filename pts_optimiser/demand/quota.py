"""Deal out items so that every margin keeps its shares, whatever the number dealt: no luck, no rounding drift."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


class Quota:
    """Deals choices one by one; the first n of a longer deal are the deal of n."""

    def __init__(self) -> None:
        self._dealt: dict[Hashable, list[int]] = {}

    def take(self, shares: Sequence[float], *margins: Hashable) -> int:
        """The choice that is furthest behind its share, summed over the margins; ties go to the first."""
        behind = [0.0] * len(shares)
        for margin in margins:
            dealt = self._dealt.setdefault(margin, [0] * len(shares))
            total = sum(dealt) + 1
            for choice, share in enumerate(shares):
                behind[choice] += share * total - dealt[choice]
        open_choices = [choice for choice, share in enumerate(shares) if share > 0]
        chosen = max(open_choices, key=lambda choice: behind[choice])
        for margin in margins:
            self._dealt[margin][chosen] += 1
        return chosen
