"""The Flask application, put together."""

from __future__ import annotations

from importlib.metadata import version

from apiflask import APIBlueprint, APIFlask

from api import operations, reading
from api.context import SETTINGS, STORE
from api.kept import drop_idle
from api.manners.compression import compress
from api.manners.dates import DayConverter
from api.manners.described import describe
from api.manners.etags import answer_unchanged
from api.manners.headers import guard
from api.manners.logs import log_request
from api.manners.metrics import METRICS, Metrics, count_request, start_clock
from api.manners.problems import handle_problems
from api.manners.rate_limits import Buckets
from api.manners.request_ids import echo_name, name_request
from api.page import add_page
from api.settings import Settings
from api.v1 import BLUEPRINTS
from api.who.admission import BUCKETS, admit
from api.who.roles import public
from api.who.sessions import cookies
from api.who.sign_in import sign_in_blueprint
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
    app.config.update(cookies(settings))
    app.extensions |= {
        SETTINGS: settings,
        STORE: Store(settings.store_url),
        BUCKETS: Buckets(settings.requests_per_second, settings.burst),
        METRICS: Metrics(),
    }
    app.url_map.converters["day"] = DayConverter
    for before in (start_clock, name_request, admit, drop_idle):
        app.before_request(before)
    for after in (log_request, count_request, echo_name, guard, compress, answer_unchanged):  # the last one comes first
        app.after_request(after)
    handle_problems(app)
    for blueprint in (_version_1(), operations.blueprint, sign_in_blueprint(app, settings), reading.blueprint):
        app.register_blueprint(blueprint)
    app.view_functions["openapi.spec"] = public(app.view_functions["openapi.spec"])
    add_page(app)
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
