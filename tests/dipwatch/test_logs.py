"""Log lines for machines."""

from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest
import structlog

from dipwatch.logs import logging_config


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch):
    """Standard error, with JSON logging set up for the test and the former set-up afterwards."""
    root, former = logging.getLogger(), logging.getLogger().handlers[:]
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    logging.config.dictConfig(logging_config("json", "INFO"))
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.handlers = former


def test_each_record_is_one_json_object(lines) -> None:
    logging.getLogger("django.request").warning("Not found: %s", "/x\ny")
    structlog.get_logger("articles").info("stored", articles=2)
    logging.getLogger("articles").debug("hidden")
    plain, bound = lines()
    assert (plain["event"], plain["level"], plain["logger"]) == (
        "Not found: /x\ny",
        "warning",
        "django.request",
    )
    assert (bound["event"], bound["articles"], bound["logger"]) == ("stored", 2, "articles")
    assert plain["timestamp"].endswith("Z")


def test_an_exception_stays_on_its_line(lines) -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        logging.getLogger("positions").exception("failed")
    (line,) = lines()
    assert line["exception"][0]["exc_type"] == "ZeroDivisionError"
