"""The Flask application, put together."""

from __future__ import annotations

from importlib.metadata import version

from apiflask import APIBlueprint, APIFlask

from api.context import SETTINGS, STORE
from api.manners.dates import DayConverter
from api.manners.described import describe
from api.manners.etags import answer_unchanged
from api.manners.headers import guard
from api.manners.problems import handle_problems
from api.manners.request_ids import echo_name, name_request
from api.settings import Settings
from api.v1 import BLUEPRINTS
from api.who.admission import admit
from api.who.roles import public
from pts_optimiser.store import Store


def create_app(settings: Settings) -> APIFlask:
    """The service over a store that ``upgrade`` has made. Processes do not share it: create it after the fork.

    Raises
    ------
    InputError, StoreError, BusyError
        The store cannot be opened.
    """
    app = APIFlask(
        "api",
        title="PTS optimiser",
        version=version("pts-optimiser"),
        spec_path="/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    app.config.update(_CONFIG, MAX_CONTENT_LENGTH=settings.body_bytes, SECRET_KEY=settings.secret)
    app.extensions |= {SETTINGS: settings, STORE: Store(settings.store_url)}
    app.url_map.converters["day"] = DayConverter
    for before in (name_request, admit):
        app.before_request(before)
    for after in (echo_name, guard, answer_unchanged):  # the last one comes first
        app.after_request(after)
    handle_problems(app)
    app.register_blueprint(_version_1())
    for endpoint in ("openapi.spec", "static"):
        app.view_functions[endpoint] = public(app.view_functions[endpoint])
    describe(app)
    return app


_CONFIG = {
    "AUTO_404_RESPONSE": False,
    "AUTO_AUTH_ERROR_RESPONSE": False,
    "AUTO_SERVERS": False,
    "AUTO_VALIDATION_ERROR_RESPONSE": False,
    "PROVIDE_AUTOMATIC_OPTIONS": False,
}


def _version_1() -> APIBlueprint:
    parent = APIBlueprint("v1", __name__, url_prefix="/v1")
    for blueprint in BLUEPRINTS:
        parent.register_blueprint(blueprint)
    return parent
