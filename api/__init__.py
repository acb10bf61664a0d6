"""The engine behind HTTP. Parses, calls a service, shapes the answer; no logic of its own."""

from api.app import create_app

__all__ = ["create_app"]
