"""Alerts and what happened to them, and silences."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.street.models.places import Pole
from pandok.fields.street.states import AlertState, Cause


class Alert(models.Model):
    """One condition of one pole, or of one feeder, from its onset. Only pandok.fields.street.acts.alert_moves changes
    it, always together with an AlertEvent.

    `id`: hash of pole, reader, version and onset, so that whoever finds it, finds the same one.
    """

    id = models.CharField(primary_key=True, max_length=32, editable=False)
    pole = models.ForeignKey(Pole, null=True, on_delete=models.PROTECT, related_name="alerts")
    feeder = models.CharField(max_length=40, blank=True, help_text="Where it is of a whole feeder")
    reader = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    onset_at = models.DateTimeField()
    raised_at = models.DateTimeField(help_text="When it was kept here")

    state = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in AlertState], default=AlertState.RAISED.value
    )
    state_since = models.DateTimeField()
    level = models.PositiveSmallIntegerField(help_text="1 attention to 4 serious; 0 while the condition is cleared")
    case_level = models.PositiveSmallIntegerField(
        default=0, help_text="The highest of its own level and of what was merged into it: where the room puts it"
    )
    highest_level = models.PositiveSmallIntegerField()
    score = models.FloatField()
    reason_ko = models.TextField()
    reason_en = models.TextField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    poles = models.PositiveIntegerField(default=1, help_text="How many poles it is about")
    quiet = models.BooleanField(default=False, help_text="Under a silence or in maintenance: calls nobody")
    silence = models.ForeignKey(
        "Silence", null=True, blank=True, on_delete=models.PROTECT, related_name="alerts", help_text="None: maintenance"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    cause = models.CharField(max_length=16, blank=True, choices=[(one.value, one.value) for one in Cause])

    class Meta:
        db_table = "street_alert"
        ordering = ["-highest_level", "onset_at"]
        indexes = [
            models.Index(fields=["state", "-case_level", "onset_at"], name="street_alert_worst"),
            models.Index(fields=["pole", "reader", "onset_at"], name="street_alert_pole"),
        ]

    def __str__(self) -> str:
        return self.id[:8]

    @property
    def stands(self) -> AlertState:
        return AlertState(self.state)


class AlertEvent(AppendOnly):
    """One step of an alert. `actor` is null where the reader or a rule led it; `level` is the level then."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    change = models.CharField(
        max_length=12, blank=True, help_text="raised, higher, lower, cleared, again, joined, woken, step, work, worked"
    )
    own = models.BooleanField(default=False, help_text="What the alert's reader said, no rule, person or other alert")
    level = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    reason_en = models.TextField(blank=True, help_text="Where a rule gave it; people write in one language")

    class Meta:
        db_table = "street_alertevent"
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["alert", "sequence"], name="one_alert_event_a_place")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.sequence} {self.to_state}"


class Silence(AppendOnly):
    """Alerts of a pole, a feeder or a reader call nobody until it expires, or is ended. Empty: any."""

    pole = models.ForeignKey(Pole, null=True, blank=True, on_delete=models.PROTECT, related_name="silences")
    feeder = models.CharField(max_length=40, blank=True)
    reader = models.CharField(max_length=60, blank=True)
    begun_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "street_silence"
        ordering = ["-begun_at"]


class SilenceEnd(AppendOnly):
    """A silence that somebody ended before its time."""

    silence = models.OneToOneField(Silence, on_delete=models.PROTECT, related_name="ended")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        db_table = "street_silenceend"
