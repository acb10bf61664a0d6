"""OpenID Connect: what a provider says of a person, as a caller."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from authlib.integrations.flask_client import OAuth
from flask import Flask

from api.manners.problems import Problem
from api.settings import OpenId
from pts_optimiser.services.hosted.caller import Caller

PROVIDER = "provider"
_NAME = re.compile(r"[!-~]{1,150}")
_SHOWN = 80
_TIMEOUT_S = 10


def provider(app: Flask, settings: OpenId) -> Any:
    """The provider's client: code flow with PKCE (S256), state and nonce; keys and addresses by discovery."""
    clients = OAuth(app)
    clients.register(
        PROVIDER,
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        server_metadata_url=f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration",
        authorize_params={"acr_values": " ".join(sorted(asked))} if (asked := settings.required.get("acr")) else None,
        client_kwargs={
            "scope": settings.scope,
            "code_challenge_method": "S256",
            "default_timeout": _TIMEOUT_S,
            "max_redirects": 0,  # secrets go to the addresses that the provider has published, and nowhere else
        },
    )
    return clients.create_client(PROVIDER)


def expected_claims(settings: OpenId) -> dict[str, dict[str, Any]]:
    """What an identity token must say besides its nonce and times: who issued it, and that it is for us."""
    return {
        "iss": {"essential": True, "value": settings.issuer},
        "aud": {"essential": True, "value": settings.client_id},
    }


def caller_of(claims: Mapping[str, Any], settings: OpenId) -> Caller:
    """The caller that checked claims of an identity token tell of.

    Raises
    ------
    Problem
        403: without a role here, or signed in at the provider in a way that is not enough.
    """
    if any(not _words(claims, name) & enough for name, enough in settings.required.items()):
        raise Problem(403, "forbidden", "sign in at the provider in the stronger way that this service asks for")
    words = _words(claims, settings.roles_claim)
    roles = frozenset(role for word, role in settings.roles.items() if word in words)
    if not roles:
        raise Problem(403, "forbidden", "you are known and have no role here; ask who runs the service")
    contracts = None
    if settings.contracts_claim is not None:
        named = _words(claims, settings.contracts_claim)
        contracts = None if "*" in named else frozenset(named)
    return Caller(f"person:{_subject(str(claims['sub']))}", roles, contracts)


def shown_name(claims: Mapping[str, Any]) -> str:
    """What the page may call the person."""
    return str(claims.get("name") or claims.get("preferred_username") or "")[:_SHOWN]


def _words(claims: Mapping[str, Any], name: str) -> set[str]:
    found: Any = claims
    for part in (name,) if name in claims else name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return set(found.split())
    return {word for word in found if isinstance(word, str)} if isinstance(found, list) else set()


def _subject(subject: str) -> str:
    return subject if _NAME.fullmatch(subject) else hashlib.sha256(subject.encode()).hexdigest()
