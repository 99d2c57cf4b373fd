"""How the web server runs: few processes with threads, since requests mostly wait for the database."""

import os

from dipwatch.logs import logging_config

wsgi_app = "dipwatch.wsgi"
bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = int(os.environ.get("DIPWATCH_WEB_PROCESSES", "2"))
threads = int(os.environ.get("DIPWATCH_WEB_THREADS", "8"))
timeout = 60  # seconds
graceful_timeout = 10  # seconds
control_socket_disable = True
logconfig_dict = logging_config(
    os.environ.get("DIPWATCH_LOG", "json"), os.environ.get("DIPWATCH_LOG_LEVEL", "INFO").upper()
)
logconfig_dict["loggers"]["gunicorn.error"] = {"handlers": [], "propagate": True, "level": "INFO"}
