"""Scores: what each case was compared by, the comparison, what a Ladder showed, and who let a result out."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.lab.comparison import Comparison
from pandok.fields.lab.models.runs import Run


class ScoreRow(AppendOnly):
    """That one sealed query of a run was compared, and by what. The values (truth, practice, answer) lie sealed in the
    vault, in `scores`, and go with their deposit's key; here is their keyed hash, which tells nothing."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="score_rows")
    case_id = models.CharField(max_length=200)
    keyed_hash = models.CharField(max_length=64)
    scores = models.ForeignKey("lab.VaultObject", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["case_id"]
        constraints = [models.UniqueConstraint(fields=["run", "case_id"], name="one_score_a_case")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.case_id}"


class ComparisonRecord(AppendOnly):
    """What a confirm run showed. `sha256` is that of the canonical values; recomputing from the rows gives it again."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="comparison")
    registration_sha256 = models.CharField(max_length=64, db_index=True)
    values = models.JSONField(help_text="pandok.core.lab.comparison.Comparison")
    sha256 = models.CharField(max_length=64)
    verdict = models.CharField(max_length=20)
    made_at = models.DateTimeField()

    @property
    def comparison(self) -> Comparison:
        return Comparison.model_validate(self.values)

    def __str__(self) -> str:
        return f"{self.run_id} {self.verdict}"


class ResultReport(AppendOnly):
    """The report of a confirm run, in both languages; page, PDF and JSON are drawn from it."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="report")
    values = models.JSONField(help_text="pandok.core.lab.result_report.Report")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.run_id} {self.sha256[:12]}"


class LadderBoard(AppendOnly):
    """One accepted answer of the feedback part: all that may ever be told of it is `shown`.

    `number` counts the organisation's feedback runs under the registration; `step` is η, the least improvement shown.
    """

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="ladder")
    registration = models.ForeignKey("lab.LockedRegistration", on_delete=models.PROTECT, related_name="ladder")
    submitter = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    step = models.FloatField()
    shown = models.FloatField(help_text="The best score shown so far, this run included; larger is better")
    improved = models.BooleanField(help_text="Whether this run raised it")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "submitter", "number"], name="one_ladder_step_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.submitter} {self.number} {self.shown:.4f}"


class ConfirmOpening(AppendOnly):
    """The confirm set was scored for one organisation, as often as the registration allows and no more."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="opening")
    registration = models.ForeignKey("lab.LockedRegistration", on_delete=models.PROTECT, related_name="openings")
    submitter = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    opened_before = models.JSONField(
        null=True, help_text="pandok.core.lab.registration.OpenedBefore, as it stood at this opening"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "submitter", "number"], name="one_opening_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.submitter} {self.number}"


class ReleaseVote(AppendOnly):
    """Whether one person would let a result out. Two that agree release it, three where one objects; two that object
    withhold it."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="release_votes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approves = models.BooleanField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["run", "by"], name="one_release_vote_a_person")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.by_id} {self.approves}"
