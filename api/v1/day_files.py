"""A day sent as files, CSV or Excel workbooks: `curl -F journeys=@journeys.csv -F duties=@duties.csv`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import request

from api.manners.problems import Problem, ProblemIssue, issue_of
from pts_optimiser.domain.issue import Issue
from pts_optimiser.services.hosted.days import DayTables
from pts_optimiser.services.hosted.uploads import table_csv

FILES = "multipart/form-data"
_FIELDS = {"service_date", "distancing", "standards"}
_PARTS = {"journeys", "duties", "policy"}
_NAME = 200


def tables_of_files() -> tuple[DayTables, Callable[[Issue], ProblemIssue]]:
    """The tables of a day; raises Problem for parts that are missing, unknown or there twice, InputError for a
    workbook that cannot be read."""
    files = {name: file.read() for name, file in request.files.items()}
    fields = request.form.to_dict()
    wrong = [name for name in ("journeys", "duties") if name not in files]
    known = (
        files.keys() <= _PARTS
        and fields.keys() <= _FIELDS
        and len(files) == sum(1 for _ in request.files.items(multi=True))
    )
    if wrong or not known or any(len(value) > _NAME for value in fields.values()):
        issues = [
            ProblemIssue("missing", "the file is missing", "send it as a part of this name", f"/{name}")
            for name in wrong
        ]
        detail = "send the files journeys and duties, perhaps policy; and as fields service_date, distancing, standards"
        raise Problem(422, "bad_request_values", detail, issues)
    return DayTables(
        journeys=table_csv("journeys", files["journeys"]),
        duties=table_csv("duties", files["duties"]),
        policy=files.get("policy"),
        service_date=_date(fields.get("service_date")),
        distancing=fields.get("distancing"),
        standards=fields.get("standards"),
    ), issue_of


def _date(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        issue = ProblemIssue("date_parsing", "not a date", "write it as 2026-11-24", "/service_date")
        raise Problem(422, "bad_request_values", "the body is not as described", [issue]) from None
