"""``python -m api --port 8000 --plans out``: serve on this machine with gunicorn."""

from __future__ import annotations

import argparse
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication

from api.app import create_app


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with its settings given here, not read from files."""

    def __init__(self, app: Flask, port: int) -> None:
        self.app = app
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        self.cfg.set("bind", f"127.0.0.1:{self.port}")
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", 4)

    def load(self) -> Flask:
        return self.app


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve finished plans on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--plans", type=Path, default=Path("out"))
    options = parser.parse_args()
    Server(create_app(options.plans), options.port).run()


if __name__ == "__main__":
    main()
