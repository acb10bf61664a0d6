"""Bodies and queries read strictly: the right content type, the right JSON types, nothing unknown.

Importing this module makes it the way in which APIFlask reads pydantic models.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from apiflask.schema_adapters import registry
from apiflask.schema_adapters.pydantic import PydanticAdapter
from flask import Request, request
from pydantic import BaseModel, ValidationError

from api.manners.problems import Problem, ProblemIssue

Model = TypeVar("Model", bound=BaseModel)
View = TypeVar("View", bound=Callable[..., Any])
JSON = "application/json"
_NAME = re.compile(r"[A-Za-z_][A-Za-z_-]{0,40}")
"""What of a field's name may be shown: somebody may have put a value in its place."""


def read_json(model: type[Model]) -> Model:
    """The request's body; raises Problem where it is not of the model."""
    if request.mimetype != JSON:
        raise unsupported([JSON])
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        raise _problem(error, "the body") from None


def read_query(model: type[Model]) -> Model:
    """The request's query; raises Problem where it is not of the model."""
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        issue = ProblemIssue("repeated", "a parameter comes more than once", "give it once", _pointer(repeated[:1]))
        raise Problem(422, "bad_request_values", "the query is not as described", [issue])
    try:
        return model.model_validate_strings(request.args.to_dict())
    except ValidationError as error:
        raise _problem(error, "the query") from None


def unsupported(known: list[str]) -> Problem:
    """The answer to a body of a content type that the route does not read."""
    return Problem(415, "unsupported_media_type", f"send the body as {' or '.join(known)}")


def accepts(readers: Mapping[str, tuple[type[BaseModel], Callable[[], Any]]]) -> Callable[[View], View]:
    """For a view that reads several content types: by type, the model that describes it and what reads it.

    The view gets what was read as ``body``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def reading(*args: Any, **kwargs: Any) -> Any:
            found = readers.get(request.mimetype)
            if found is None:
                raise unsupported(list(readers))
            return view(*args, body=found[1](), **kwargs)

        reading.bodies = {kind: model for kind, (model, _) in readers.items()}  # type: ignore[attr-defined]
        return reading  # type: ignore[return-value]

    return decorate


class StrictAdapter(PydanticAdapter):
    """Models read from the raw bytes, and written from any object that has their attributes."""

    def validate_input(self, request: Request, location: str, **_: Any) -> BaseModel:  # noqa: ARG002  as its base has it
        return read_query(self.model_class) if location == "query" else read_json(self.model_class)

    def serialize_output(self, data: Any, many: bool = False) -> Any:
        if many:
            return [self.serialize_output(one) for one in data]
        return self.model_class.model_validate(data, strict=False).model_dump(mode="json")


registry.register("pydantic", StrictAdapter)


def _problem(error: ValidationError, what: str) -> Problem:
    found = error.errors(include_input=False, include_url=False, include_context=False)
    if any(one["type"] == "json_invalid" for one in found):
        return Problem(400, "bad_json", f"{what} is not JSON in UTF-8")
    issues = [
        ProblemIssue(one["type"], one["msg"], "compare it with /openapi.json", _pointer(one["loc"]))
        for one in found[:100]
    ]
    return Problem(422, "bad_request_values", f"{what} is not as described", issues)


def _pointer(parts: Any) -> str:
    shown = (part if isinstance(part, int) or _NAME.fullmatch(part) else "(not shown)" for part in parts)
    return "".join(f"/{part}" for part in shown)
