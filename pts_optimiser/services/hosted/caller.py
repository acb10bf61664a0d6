"""Who asks, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass

from pts_optimiser.domain.errors import PtsError
from pts_optimiser.store.words import Role


class NotAllowedError(PtsError):
    """The caller is known and may not do this."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A key or a person. ``name`` is how the audit knows them; ``contracts`` None is all, an empty set none."""

    name: str
    roles: frozenset[Role]
    contracts: frozenset[str] | None = None

    def sees(self, contract: str) -> bool:
        """Whether journeys of a contract are theirs to see."""
        return self.contracts is None or contract in self.contracts

    def must_see_all(self) -> None:
        """Refuse who is limited to some contracts, where an act touches the whole day.

        Raises
        ------
        NotAllowedError
        """
        if self.contracts is not None:
            raise NotAllowedError("this concerns the journeys of all contracts; yours are limited to some")
