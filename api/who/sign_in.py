"""``/sign-in``, ``/signed-in``, ``/sign-out``: the ways of people through the door, for browsers."""

from __future__ import annotations

import logging
from typing import Any

from apiflask import APIBlueprint
from authlib.common.errors import AuthlibBaseError
from flask import Flask, g, redirect
from joserfc.errors import JoseError
from pydantic import Field
from requests import RequestException

from api.manners.bodies import read_json
from api.manners.problems import Problem
from api.models.base import Body
from api.settings import OpenId, Settings
from api.who.oidc import caller_of, expected_claims, provider, shown_name
from api.who.roles import READERS, allows, public
from api.who.sessions import begin_session, end_session
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store.words import Role

_LOG = logging.getLogger("pts.api")
_AGAIN = {"Retry-After": "10"}


class DevelopmentIn(Body):
    """Who a developer wants to be."""

    name: str = Field(pattern="^[a-z]{1,30}$")
    roles: list[Role] = Field(min_length=1, max_length=len(Role))
    contracts: list[str] | None = None


def sign_in_blueprint(app: Flask, settings: Settings) -> APIBlueprint:
    """The ways in that the settings open, and the way out."""
    blueprint = APIBlueprint("sign_in", __name__, enable_openapi=False)
    if settings.open_id is not None:
        _add_open_id(app, blueprint, settings.open_id)
    if settings.development_sign_in:
        _LOG.warning("the development sign-in is on: anybody may come in as anybody")
        _add_development(blueprint)

    @blueprint.post("/sign-out")
    @allows(*READERS)
    def sign_out() -> Any:
        end_session()
        return "", 204, {"Clear-Site-Data": '"cache"'}

    return blueprint


def _add_open_id(app: Flask, blueprint: APIBlueprint, settings: OpenId) -> None:
    client = provider(app, settings)

    @blueprint.get("/sign-in")
    @public
    def sign_in() -> Any:
        try:
            return client.authorize_redirect(f"{settings.public_url.rstrip('/')}/signed-in")
        except RequestException:
            raise _away() from None

    @blueprint.get("/signed-in")
    @public
    def signed_in() -> Any:
        try:
            claims = client.authorize_access_token(claims_options=expected_claims(settings))["userinfo"]
        except RequestException:
            raise _away() from None
        except (AuthlibBaseError, JoseError, KeyError):
            raise Problem(
                400, "sign_in_failed", "the provider has not let you in, or too late; sign in again"
            ) from None
        _let_in(caller_of(claims, settings), shown_name(claims))
        return redirect("/")


def _add_development(blueprint: APIBlueprint) -> None:
    @blueprint.post("/sign-in/development")
    @public
    def develop() -> Any:
        asked = read_json(DevelopmentIn)
        contracts = None if asked.contracts is None else frozenset(asked.contracts)
        _let_in(Caller(f"person:development.{asked.name}", frozenset(asked.roles), contracts), asked.name)
        return "", 204


def _let_in(caller: Caller, shown: str) -> None:
    begin_session(caller, shown)
    _LOG.info("signed in", extra={"who": caller.name, "request_id": g.request_id})


def _away() -> Problem:
    return Problem(503, "busy", "the provider of identities does not answer", headers=_AGAIN)
