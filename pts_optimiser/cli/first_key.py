"""``first-key``: the way into a new service."""

from __future__ import annotations

import typer

from pts_optimiser.cli.service import StoreUrl, require_service
from pts_optimiser.cli.terminal import answering
from pts_optimiser.domain.errors import InputError


def first_key(store: StoreUrl) -> None:
    """Make the first admin's key of a store and tell it; refused where there are keys already."""
    with answering(as_json=False):
        require_service()
        from pts_optimiser.services.hosted import first_key
        from pts_optimiser.store import Store, upgrade

        upgrade(store)
        with Store(store) as opened:
            token = first_key.first_key(opened)
        if token is None:
            raise InputError("this store has keys already; an admin makes more of them")
        typer.echo(token)
