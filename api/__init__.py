"""The engine behind HTTP. Parses, authorises, calls a service, shapes the answer; no logic of its own."""

from api.manners import bodies as bodies  # before any view says how it is read

# isort: split

from api.app import create_app
from api.settings import Settings

__all__ = ["Settings", "create_app"]
