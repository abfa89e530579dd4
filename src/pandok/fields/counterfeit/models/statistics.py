"""One row a case with what the statistics count, kept beside the cases so that a page need not read them all."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.common.models.parties import Site
from pandok.fields.counterfeit.models.cases import Case
from pandok.fields.register.models import Design


class CaseFigure(models.Model):
    """What one case adds to the figures. Only pandok.fields.counterfeit.acts.learning.case_figures writes it; it can be
    made again at will."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="figure")
    month = models.DateField(help_text="First day of the month in which the case was opened, by the office's calendar")
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    locarno_class = models.CharField(max_length=2, blank=True)
    reader = models.CharField(max_length=200, blank=True)
    nothing_close = models.BooleanField(help_text="The reader answered nothing close")
    minutes_to_holder = models.PositiveIntegerField(null=True, help_text="From photograph to the holder's first notice")
    judged = models.BooleanField(help_text="A holder was notified and it is known whether rightly")
    wrong_notice = models.BooleanField()
    truth = models.CharField(max_length=16, blank=True, help_text="right_design, not_in_register, or unknown")
    truth_source = models.CharField(max_length=16, blank=True)
    design = models.ForeignKey(Design, null=True, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True, help_text="Of the true design among the candidates")

    class Meta:
        db_table = "desk_casefigure"
        indexes = [
            models.Index(fields=["month", "site", "locarno_class"], name="figure_month"),
            models.Index(fields=["site", "month"], name="figure_site"),
            models.Index(fields=["month", "minutes_to_holder"], name="figure_time"),
            models.Index(fields=["truth", "case"], name="figure_truth"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.month} {self.truth}"


class FigureTally(models.Model):
    """The figures of one month, site, class and reader added up. Only pandok.fields.counterfeit.acts.learning.tallies
    writes it."""

    month = models.DateField()
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    locarno_class = models.CharField(max_length=2, blank=True)
    reader = models.CharField(max_length=200, blank=True)
    cases = models.PositiveIntegerField(default=0)
    nothing_close = models.PositiveIntegerField(default=0)
    labelled = models.PositiveIntegerField(default=0)
    not_in_register = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    hits_1 = models.PositiveIntegerField(default=0)
    hits_5 = models.PositiveIntegerField(default=0)
    hits_10 = models.PositiveIntegerField(default=0)
    minutes = models.JSONField(default=dict, help_text="How many holders were told after so many minutes")

    class Meta:
        db_table = "desk_figuretally"
        indexes = [
            models.Index(fields=["month", "site", "locarno_class"], name="tally_month"),
            models.Index(fields=["site", "month"], name="tally_site"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.site_id} {self.locarno_class} {self.reader} {self.cases}"


class FigureMark(models.Model):
    """How far the figures follow the cases: the last event that was looked at."""

    name = models.CharField(primary_key=True, max_length=20)
    last_event = models.BigIntegerField(default=0)

    class Meta:
        db_table = "desk_figuremark"

    def __str__(self) -> str:
        return f"{self.name} {self.last_event}"


class LaterFinding(AppendOnly):
    """What became known of a closed case afterwards: the right design, or that none is registered. The last counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="later_findings")
    design = models.ForeignKey(Design, null=True, on_delete=models.PROTECT, related_name="+")
    """Null: it is in no registered design."""
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        db_table = "desk_laterfinding"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.design_id}"
