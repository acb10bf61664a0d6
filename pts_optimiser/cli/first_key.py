"""``first-key``: the way into a new service."""

from __future__ import annotations

import typer

from pts_optimiser.cli.service import StoreUrl, require_service
from pts_optimiser.cli.terminal import answering
from pts_optimiser.domain.errors import InputError


def first_key(store: StoreUrl) -> None:
    """Make an admin's key of a store, good for a week, and tell it; refused where an admin has a good one."""
    with answering(as_json=False):
        require_service()
        from pts_optimiser.services.hosted import first_key
        from pts_optimiser.store import Store, upgrade

        upgrade(store)
        with Store(store) as opened:
            token = first_key.first_key(opened)
        if token is None:
            raise InputError("an admin of this store has a good key, and makes more with it")
        typer.echo(token)
