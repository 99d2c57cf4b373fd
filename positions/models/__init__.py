"""Who held what position, on what evidence.

`Stance` is what the machine found, `Review` what a person decided, `Statement` the two laid on top of each other:
screens read statements only. `positions.recording` is the only writer of all three and of the tallies.
"""

from positions.models.readers import ApiToken, ApiUse, SavedView
from positions.models.reference import Actor, Event, Issue, Person, Tenure, Voice
from positions.models.stances import (
    Attribution,
    DatePrecision,
    ExtractionRun,
    Held,
    Review,
    Side,
    Stance,
    Statement,
    held_constraints,
)
from positions.models.tallies import CHECKED, LEVELS, DailyTally, MonthlyTally, OutletTally, Tally

__all__ = [
    "CHECKED",
    "LEVELS",
    "Actor",
    "ApiToken",
    "ApiUse",
    "Attribution",
    "DailyTally",
    "DatePrecision",
    "Event",
    "ExtractionRun",
    "Held",
    "Issue",
    "MonthlyTally",
    "OutletTally",
    "Person",
    "Review",
    "SavedView",
    "Side",
    "Stance",
    "Statement",
    "Tally",
    "Tenure",
    "Voice",
    "held_constraints",
]
