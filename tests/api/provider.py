"""A small provider of identities in the test's own process: discovery, keys and tokens, code flow with PKCE."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "pts", "a secret of the client"


class Provider:
    """``claims`` of the person who signs in next; ``change`` is laid over the checked parts of the token."""

    def __init__(self) -> None:
        self.issuer = ""
        self.claims: dict[str, Any] = {"sub": "u-1", "name": "Jane", "roles": ["pts-planner"]}
        self.change: dict[str, Any] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "k1"})
        self.signing = self.key
        self._asked: dict[str, dict[str, str]] = {}

    def allow(self, url: str) -> str:
        """What a browser sent to the provider brings back: the query of the way in."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = f"code-{len(self._asked)}"
        self._asked[code] = asked
        return f"code={code}&state={asked['state']}"

    def app(self) -> Flask:
        app = Flask("provider")

        @app.get("/.well-known/openid-configuration")
        def discovery() -> Any:
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }

        @app.get("/moved/.well-known/openid-configuration")
        def moved() -> Any:
            return redirect("/.well-known/openid-configuration")

        @app.get("/keys")
        def keys() -> Any:
            return {"keys": [self.key.as_dict(private=False)]}

        @app.post("/token")
        def token() -> Any:
            asked = self._asked.pop(request.form["code"])
            challenge = hashlib.sha256(request.form["code_verifier"].encode()).digest()
            assert base64.urlsafe_b64encode(challenge).decode().rstrip("=") == asked["code_challenge"]
            assert (request.authorization and request.authorization.password) == SECRET
            told = {"iss": self.issuer, "aud": CLIENT, "nonce": asked["nonce"], "iat": int(time.time())}
            told |= {"exp": told["iat"] + 300} | self.claims | self.change
            identity = jwt.encode({"alg": "RS256", "kid": "k1"}, told, self.signing)
            return {"access_token": "a", "token_type": "Bearer", "id_token": identity}

        return app


@contextmanager
def running_provider(*, self_signed: bool = False) -> Iterator[Provider]:
    """A provider that listens on a free port of this machine, without TLS or with a certificate of its own."""
    provider = Provider()
    ssl_context = "adhoc" if self_signed else None
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True, ssl_context=ssl_context)
    provider.issuer = f"http{'s' * self_signed}://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
