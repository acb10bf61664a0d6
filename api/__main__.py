"""``python -m api --store sqlite:///pts.db --port 8000``: serve on this machine, without TLS, with gunicorn."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication

from api.manners.logs import log_to_stderr
from api.serving import served_app
from api.settings import WEB_THREADS, Settings
from pts_optimiser.cli.service import PASSWORD, SEEN_BY_ALL


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with its settings given here, not read from files."""

    def __init__(self, settings: Settings, port: int) -> None:
        self.settings = settings
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        self.cfg.set("bind", f"127.0.0.1:{self.port}")
        self.cfg.set("control_socket_disable", True)
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", WEB_THREADS)

    def load(self) -> Flask:
        return served_app(self.settings)


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve a store on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--store", default=os.environ.get("PTS_STORE", "sqlite:///pts.db"))
    parser.add_argument("--network", type=Path, help="Folder of a road network, to draw on and to draw runs along.")
    parser.add_argument("--base-map", type=Path, help="GeoJSON to draw runs on, in place of the network's roads.")
    parser.add_argument("--development-sign-in", action="store_true", help="Let anybody in as anybody.")
    options = parser.parse_args()
    if options.store != os.environ.get("PTS_STORE") and PASSWORD.search(options.store):
        parser.error(SEEN_BY_ALL)
    log_to_stderr()
    settings = Settings(
        options.store,
        https=False,
        development_sign_in=options.development_sign_in,
        network=options.network,
        base_map=options.base_map,
    )
    Server(settings, options.port).run()


if __name__ == "__main__":
    main()
