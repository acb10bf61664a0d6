"""What ``/openapi.json`` says of every route, once for all: problems, headers, who may, several content types."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from apiflask import APIFlask
from pydantic import BaseModel
from werkzeug.routing import Rule

from api.manners.dates import DayConverter
from api.manners.idempotency import KEY
from api.manners.problem_codes import PROBLEM_CODES
from api.manners.problems import PROBLEM_JSON
from api.models.problems import Problem
from api.who.roles import admitted

_REF = "#/components/schemas/{model}"
_PROBLEMS = {
    400: "Not a request that can be read",
    401: "Nobody who is known",
    403: "Known, and may not",
    404: "Nothing there, or nothing that you may see",
    405: "Not a method of this",
    409: "Somebody else was first, or the first such request is running",
    412: "Changed since you have seen it",
    413: "Too large",
    415: "Not a content type of this",
    422: "Read, and not usable: see issues",
    428: "Say which state you have seen",
    429: "Too many requests; see Retry-After",
    503: "Busy or away; see Retry-After",
}
_DATE = {"type": "string", "format": "date", "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
_IDEMPOTENCY = {
    "in": "header",
    "name": KEY,
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    "description": "The same request sent again with the same key gets the same answer and does nothing twice",
}


def describe(app: APIFlask) -> None:
    """Have the description completed when it is made."""

    @app.spec_processor
    def complete(spec: Any) -> Any:
        problem = {PROBLEM_JSON: {"schema": _schema(spec, Problem)}}
        spec["components"]["responses"] = {
            str(status): {"description": told, "content": problem} for status, told in _PROBLEMS.items()
        }
        spec["components"]["securitySchemes"] = {
            "key": {"type": "http", "scheme": "bearer", "description": "An API key"},
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": app.config["SESSION_COOKIE_NAME"],
                "description": "A person's session",
            },
        }
        spec["info"]["x-problems"] = {code: told._asdict() for code, told in PROBLEM_CODES.items()}
        for rule in app.url_map.iter_rules():
            view = app.view_functions[rule.endpoint]
            for method, operation in spec["paths"].get(_path(rule), {}).items():
                if method.upper() in (rule.methods or ()):
                    _complete(spec, operation, method, rule, view)
        return spec


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:[^<:]+:)?([^>]+)>", r"{\1}", rule.rule)


def _complete(spec: Any, operation: Any, method: str, rule: Rule, view: Callable[..., Any]) -> None:
    for status in _PROBLEMS:
        operation["responses"].setdefault(str(status), {"$ref": f"#/components/responses/{status}"})
    if method == "get":
        operation["responses"].setdefault("304", {"description": "You have it already"})
    roles = admitted(view)
    operation["security"] = [] if roles is None else [{name: []} for name in spec["components"]["securitySchemes"]]
    if roles is not None:
        operation["x-roles"] = sorted(roles)
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            parameter["required"] = True
            if isinstance(rule._converters[parameter["name"]], DayConverter):
                parameter["schema"] = _DATE
    if getattr(view, "idempotent", False):
        operation["parameters"].append(_IDEMPOTENCY)
    if bodies := getattr(view, "bodies", None):
        content = {kind: {"schema": _schema(spec, model)} for kind, model in bodies.items()}
        operation["requestBody"] = {"content": content, "required": True}
    elif "requestBody" in operation:
        operation["requestBody"]["required"] = True


def _schema(spec: Any, model: type[BaseModel]) -> dict[str, str]:
    schema = model.model_json_schema(ref_template=_REF)
    schemas = spec["components"].setdefault("schemas", {})
    schemas.update(schema.pop("$defs", {}))
    schemas[model.__name__] = schema
    return {"$ref": _REF.format(model=model.__name__)}
