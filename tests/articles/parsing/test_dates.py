"""Date lines of newspapers, ministries and machines."""

import datetime

import pytest

from articles.parsing.dates import find_date, named_zone, read_date

MOMENTS = [
    ("Tuesday 14 March 2017 23:51 BST", "2017-03-14T22:51", "2017-03-14"),
    ("Tuesday 04 August 2015 07:05 GMT", "2015-08-04T07:05", "2015-08-04"),
    ("Wed 7 Feb 2018 23.30 GMT", "2018-02-07T23:30", "2018-02-07"),  # full stop in the time
    ("Published: 3 May 2016 at 11:59 p.m. EDT", "2016-05-04T03:59", "2016-05-03"),  # the next day in UTC
    ("May 3, 2016 12:05 AM EST", "2016-05-03T05:05", "2016-05-03"),
    ("May 3rd, 2016 / 12:05 pm PST", "2016-05-03T20:05", "2016-05-03"),
    ("Nov 30, 2015, 5pm ET", "2015-11-30T22:00", "2015-11-30"),
    ("July 1, 2015, 5pm ET", "2015-07-01T21:00", "2015-07-01"),  # the same letters in summer
    ("4 July 2012 14:00 MSK", "2012-07-04T10:00", "2012-07-04"),  # Moscow kept +4 from 2011 to 2014
    ("4 July 2016 14:00 MSK", "2016-07-04T11:00", "2016-07-04"),
    ("1 June 2014, 10:00 (CEST)", "2014-06-01T08:00", "2014-06-01"),
    ("1 January 2014, 10:00 CET", "2014-01-01T09:00", "2014-01-01"),
    ("2016-04-29 18:00 GMT+3", "2016-04-29T15:00", "2016-04-29"),
    ("2016-04-29T18:00:00+03:00", "2016-04-29T15:00", "2016-04-29"),
    ("2016-04-29T18:00:00.250Z", "2016-04-29T18:00", "2016-04-29"),
    ("2016-04-29T18:00:00-0430", "2016-04-29T22:30", "2016-04-29"),
    ("Fri, 29 Apr 2016 18:00:00 +0000", "2016-04-29T18:00", "2016-04-29"),
    ("23:51 BST, 14 March 2017", "2017-03-14T22:51", "2017-03-14"),
    ("Last updated on 2 September 2013 09:15 UTC", "2013-09-02T09:15", "2013-09-02"),
    ("2 September 2013 09:15 IST", "2013-09-02T09:15", "2013-09-02"),  # three places use it: taken as UTC
]

DAYS = [
    ("14 March 2017", "2017-03-14"),
    ("March 14, 2017", "2017-03-14"),
    ("Tue. 14th of March, 2017", "2017-03-14"),
    ("Sept. 2, 2013", "2013-09-02"),
    ("2017-03-14", "2017-03-14"),
    ("14/03/2017", "2017-03-14"),
    ("03/14/2017", "2017-03-14"),
    ("14.03.2017", "2017-03-14"),
    ("29 February 2016", "2016-02-29"),
    ("14 March 2017 25:10 GMT", "2017-03-14"),  # no such hour: the day holds
]

NO_DATES = [
    "",
    "03/04/2017",  # April or March
    "30 February 2017",
    "29 February 2017",
    "31 June 2015 10:00 GMT",
    "14 March",
    "14 March 17",
    "Tuesday",
    "resolution 2254",
    "14 March 2017 by our own staff",
    "On 14 March 2017 the council met",
    "2017-13-01",
    "12017-03-14",
]


@pytest.mark.parametrize(("line", "moment", "day"), MOMENTS)
def test_moment_in_utc_and_day_at_the_publishers_place(line, moment, day):
    found = read_date(line)
    assert (found.published_at.strftime("%Y-%m-%dT%H:%M"), str(found.published_on)) == (moment, day)
    assert found.published_at.tzinfo == datetime.UTC
    assert found.published_precision == "minute"
    assert found.published_original == line


@pytest.mark.parametrize(("line", "day"), DAYS)
def test_day(line, day):
    found = read_date(line)
    assert (str(found.published_on), found.published_precision) == (day, "day")
    assert found.published_at.isoformat() == f"{day}T00:00:00+00:00"


@pytest.mark.parametrize(
    ("line", "precision", "moment"),
    [
        ("2011-09", "month", "2011-09-01"),
        ("September 2011", "month", "2011-09-01"),
        ("Sept. 2011", "month", "2011-09-01"),
        ("2011", "year", "2011-01-01"),
    ],
)
def test_month_and_year_have_no_day(line, precision, moment):
    found = read_date(line)
    assert (found.published_precision, found.published_on) == (precision, None)
    assert found.published_at.isoformat() == f"{moment}T00:00:00+00:00"


@pytest.mark.parametrize("line", NO_DATES)
def test_no_date(line):
    assert not read_date(line)


def test_time_without_zone_is_read_at_the_outlets_place():
    assert (
        read_date("1 July 2015 00:30", zone="Europe/London").published_at.isoformat()
        == "2015-06-30T23:30:00+00:00"
    )
    assert read_date("1 July 2015 00:30", zone="Europe/London").published_on == datetime.date(2015, 7, 1)


def test_date_within_a_line_leaves_what_stands_around_it():
    found = find_date("Mary Major | Published 14 March 2017 23:51 BST - Updated 15 March 2017")
    assert (found.before, found.after) == ("Mary Major", "Updated 15 March 2017")


def test_unknown_zone_name_says_what_to_write():
    with pytest.raises(ValueError, match="Europe/London"):
        named_zone("London time")
