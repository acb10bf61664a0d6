"""The Flask application: finished plans of one folder, read-only."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from flask import Flask, Response, jsonify, render_template, send_file

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.plans import list_plans, plan_file


def create_app(plans: Path) -> Flask:
    """Application that serves the plans below ``plans``."""
    app = Flask(__name__)
    root = plans.resolve()

    @app.get("/")
    def index() -> str:
        return render_template("index.html", plans=list_plans(root))

    @app.get("/v1/health")
    def health() -> Response:
        return jsonify(status="ok", version=version("pts-optimiser"))

    @app.get("/v1/plans")
    def plans_list() -> Response:
        return jsonify(
            plans=[{"name": p.name, "service_date": p.service_date, "kpis": dict(p.kpis)} for p in list_plans(root)]
        )

    @app.get("/v1/plans/<path:name>/<file>")
    def plan_part(name: str, file: str) -> Response:
        return send_file(plan_file(root, name, file))

    @app.errorhandler(InputError)
    @app.errorhandler(404)
    def not_found(_error: Exception) -> tuple[Response, int]:
        response = jsonify(type="about:blank", title="Not found", status=404, detail="There is no such plan or file.")
        response.content_type = "application/problem+json"
        return response, 404

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
            " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        )
        return response

    return app
