"""The application for gunicorn, set by the environment (see README.md)."""

from __future__ import annotations

import os

from api import Settings, create_app
from api.settings import OpenId
from pts_optimiser.store.words import Role


def open_id() -> OpenId | None:
    """The provider of identities, where one is named."""
    issuer = os.environ.get("PTS_OPENID_ISSUER")
    if not issuer:
        return None
    return OpenId(
        issuer=issuer,
        client_id=os.environ["PTS_OPENID_CLIENT_ID"],
        client_secret=os.environ["PTS_OPENID_CLIENT_SECRET"],
        public_url=os.environ["PTS_PUBLIC_URL"],
        roles=dict(role_of(pair) for pair in os.environ["PTS_OPENID_ROLES"].split(",")),
        roles_claim=os.environ.get("PTS_OPENID_ROLES_CLAIM", "roles"),
        contracts_claim=os.environ.get("PTS_OPENID_CONTRACTS_CLAIM") or None,
    )


def role_of(pair: str) -> tuple[str, Role]:
    """``word=role``, as ``pts-controllers=controller``."""
    word, _, role = pair.strip().partition("=")
    return word, Role(role)


application = create_app(
    Settings(store_url=os.environ["PTS_STORE"], secret=os.environ["PTS_SECRET"], open_id=open_id())
)
