"""What a reader asked to see: the scope form on `request.GET` and the Scope that the tables read.

The address is the contract: slugs joined by "~" in a stable order, defaults left out, unknown names and values refused.
"""

from positions.scope.fields import ConfidenceField, DayField, Slugs, SlugsField
from positions.scope.form import Chip, ScopeForm
from positions.scope.selection import PARAMETERS, Scope, confidence_text

__all__ = [
    "PARAMETERS",
    "Chip",
    "ConfidenceField",
    "DayField",
    "Scope",
    "ScopeForm",
    "Slugs",
    "SlugsField",
    "confidence_text",
]
