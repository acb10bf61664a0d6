"""Which roles a view is open to. A view that does not say is open to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pts_optimiser.store.words import Role

View = TypeVar("View", bound=Callable[..., Any])
READERS = tuple(Role)
"""Everybody who is known."""
_RULE = "admits"


def allows(*roles: Role) -> Callable[[View], View]:
    """Open a view to callers with one of the roles; admins may whatever others may."""

    def decorate(view: View) -> View:
        setattr(view, _RULE, frozenset(roles) | {Role.ADMIN})
        return view

    return decorate


def public(view: View) -> View:
    """Open a view to everybody, known or not."""
    setattr(view, _RULE, None)
    return view


def has_rule(view: Callable[..., Any]) -> bool:
    return hasattr(view, _RULE)


def admitted(view: Callable[..., Any]) -> frozenset[Role] | None:
    """The roles that a view is open to; None where it is public. A view without a rule is open to nobody."""
    rule: frozenset[Role] | None = getattr(view, _RULE, frozenset())
    return rule
