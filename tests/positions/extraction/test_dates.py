from __future__ import annotations

import datetime

import pytest

from positions.extraction.dates import stance_date

MONDAY = "2017-04-10"
DATES = [
    ("He said so.", MONDAY, ("2017-04-10", "article")),
    ("He said on Friday that it was so.", MONDAY, ("2017-04-07", "day")),
    ("He said on Monday that it was so.", MONDAY, ("2017-04-10", "day")),
    ("He said yesterday that it was so.", MONDAY, ("2017-04-09", "day")),
    ("Parliament voted for it last week.", MONDAY, ("2017-04-03", "week")),
    ("On 4 April he said so.", MONDAY, ("2017-04-04", "day")),
    ("On April 4 he said so.", MONDAY, ("2017-04-04", "day")),
    ("The order of December 2, 2015 stands.", MONDAY, ("2015-12-02", "day")),
    ("The order of December 2, 2015 stands.", None, ("2015-12-02", "day")),
    # another time without a week gives no date
    ("Parliament voted against it in 2013.", MONDAY, (None, "unknown")),
    ("In August 2013 he said so.", MONDAY, (None, "unknown")),
    ("He said so last summer.", MONDAY, (None, "unknown")),
    # the month of the article is no other time
    ("He said so in April.", MONDAY, ("2017-04-10", "article")),
    ("He said so.", None, (None, "unknown")),
    ("He said on Friday that it was so.", None, (None, "unknown")),
]


@pytest.mark.parametrize(("evidence", "published", "wanted"), DATES)
def test_dates(evidence: str, published: str | None, wanted: tuple[str | None, str]) -> None:
    day, precision = stance_date(evidence, datetime.date.fromisoformat(published) if published else None)
    assert (day.isoformat() if day else None, precision) == wanted
