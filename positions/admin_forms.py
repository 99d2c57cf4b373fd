"""Forms of the editor's pages in the admin. They decide nothing themselves: `recording` does, or says why not."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser

from positions import recording
from positions.desk import Line, compare
from positions.models import Actor, Attribution, Issue, Side, Statement, Voice

SAME = ("stance", "declined", "actor", "voice", "speaker", "issue", "attribution", "date")


class CorrectionForm(forms.Form):
    """A decision about one statement. `verb` is accept, correct, reject or undo."""

    stance = forms.ChoiceField(choices=Side, widget=forms.RadioSelect)
    declined = forms.BooleanField(required=False, label="Declined to say", help_text="A kind of neutral.")
    actor = forms.ModelChoiceField(Actor.objects.all())
    voice = forms.ChoiceField(choices=Voice)
    speaker = forms.CharField(max_length=200)
    issue = forms.ModelChoiceField(Issue.objects.all())
    attribution = forms.ChoiceField(choices=Attribution)
    date = forms.DateField(
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="When it was said or done. Without one the article's date counts.",
    )
    evidence = forms.CharField(
        widget=forms.Textarea({"rows": 4}), help_text="Whole sentences, exactly as they stand in the article."
    )
    reason = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Needed to correct or reject; kept in the history.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        initial = {name: getattr(statement, name) for name in SAME}
        version = statement.review.version if statement.review else 0
        super().__init__(
            *args, initial={**initial, "evidence": statement.evidence, "version": version}, **kwargs
        )
        self.statement = statement
        self.conflict: recording.EditConflict | None = None

    def clean_evidence(self) -> tuple[int, int]:
        """Where the words stand in the text, white space aside; of several places the one nearest to the present."""
        words = [re.escape(word) for word in self.cleaned_data["evidence"].split()]
        if self.cleaned_data["evidence"].split() == self.statement.evidence.split():
            return self.statement.evidence_start, self.statement.evidence_end
        places = [match.span() for match in re.finditer(r"\s+".join(words), self.statement.article.text)]
        if not places:
            raise forms.ValidationError("The article does not say so. Copy the sentences from its text.")
        return min(places, key=lambda place: abs(place[0] - self.statement.evidence_start))

    def clean(self) -> None:
        if self.cleaned_data.get("declined") and self.cleaned_data.get("stance") != Side.NEUTRAL:
            self.add_error(
                "declined", "Who declines to say takes neither side: choose neutral, or untick this."
            )

    def changes(self) -> recording.Changes:
        changed = {name: self.cleaned_data[name] for name in SAME if name in self.changed_data}
        start, end = self.cleaned_data["evidence"]
        if (start, end) != (self.statement.evidence_start, self.statement.evidence_end):
            changed |= {"evidence_start": start, "evidence_end": end}
        return changed

    def decide(self, verb: str, by: AbstractBaseUser) -> bool:
        """Have it recorded; False if that was refused, with the reason among the form's errors."""
        try:
            self._record(verb, by)
        except recording.EditConflict as conflict:
            self._show(conflict)
        except recording.ReasonMissing as error:
            self.add_error("reason", str(error))
        except (recording.AlreadyHeld, recording.InvalidFinding, recording.NothingToUndo) as error:
            self.add_error(None, str(error))
        return self.is_valid()

    def _record(self, verb: str, by: AbstractBaseUser) -> None:
        changes, version = self.changes(), self.cleaned_data["version"]
        reason = self.cleaned_data["reason"]
        # Against an older version everything looks changed: leave it to recording to say so.
        stale = version != self.initial["version"]
        if verb == "reject":
            recording.reject(statement=self.statement, by=by, reason=reason, version=version)
        elif verb == "undo" and self.statement.review:
            recording.undo(review=self.statement.review, by=by, version=version)
        elif verb == "accept" and (stale or not changes):
            recording.accept(statement=self.statement, by=by, version=version)
        elif verb == "correct" and (stale or changes):
            recording.correct_stance(
                statement=self.statement, by=by, reason=reason, version=version, **changes
            )
        elif verb == "correct":
            self.add_error(None, "Nothing was changed. To confirm the statement as it stands, accept it.")
        else:
            self.add_error(
                None, "You changed something: save it as a correction, or load the page again to accept."
            )

    def _show(self, conflict: recording.EditConflict) -> None:
        """Keep what was typed, show the other version, and let the next press of a button be a decision about it."""
        self.conflict = conflict
        self.add_error(None, str(conflict))
        self.data = self.data.copy()
        self.data["version"] = conflict.theirs.version if conflict.theirs else 0

    def versions(self) -> list[Line]:
        """After a conflict: what stands on the left, what was typed on the right."""
        mine = Statement(article=self.statement.article)
        for name in SAME:
            setattr(mine, name, self.cleaned_data[name])
        mine.evidence_start, mine.evidence_end = self.cleaned_data["evidence"]
        return compare(self.statement, mine, self.statement.article.text)


class RejectForm(forms.Form):
    """One reason for all selected statements."""

    reason = forms.CharField(
        widget=forms.Textarea({"rows": 3}), help_text="Kept in the history of each statement."
    )
