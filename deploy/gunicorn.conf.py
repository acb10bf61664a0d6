"""Gunicorn behind a proxy that speaks TLS: ``gunicorn --config deploy/gunicorn.conf.py``."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
wsgi_app = "wsgi:application"
bind = os.environ.get("PTS_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("PTS_WEB_PROCESSES", "2"))
worker_class = "gthread"
threads = int(os.environ.get("PTS_WEB_THREADS", "160"))  # up to 60 listeners of plans and 60 of days hold one each
timeout = 60
graceful_timeout = 20
keepalive = 5
preload_app = False  # a store is opened after the fork
limit_request_line = 4094
limit_request_fields = 50
accesslog = None  # the application logs its requests, without values that may identify a patient
errorlog = "-"
control_socket_disable = True
