"""Pictures: one bag with or without one article. Rows are added, never changed; what is retired is shown no more."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.models.articles import Article
from pandok.fields.academy.states import RetirementState


class Picture(AppendOnly):
    """`threat`: its article is one; a picture without an article, or with a harmless one, is harmless.

    `truth`: where the article lies, each with view and box (pandok.fields.xray.marks.Mark). `twin`: the same bag
    without the article, or with its look-alike. `bag`: the name of the bag, the same for all that is put into it.
    `difficulty`, `difficulty_sd`: b of a threat, known from the picture alone until it is calibrated; `innocence`: d of
    a harmless one (pandok.proof.ability.answers).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="pictures")
    threat = models.BooleanField()
    set = models.CharField(max_length=12, choices=[(one.value, one.value) for one in PictureSet])
    bag = models.CharField(max_length=64)
    twin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="twins")
    machine_class = models.CharField(max_length=12, help_text="A value of pandok.fields.xray.machine_class")
    machine = models.CharField(max_length=120, blank=True)
    response = models.CharField(max_length=60, blank=True, help_text="Spectra of the machine, by their name")
    truth = models.JSONField(default=list)
    features = models.JSONField(default=dict, help_text="Measured: view, superposition, clutter, opacity")
    slope = models.FloatField(default=1.0)
    difficulty = models.FloatField(default=0.0)
    difficulty_sd = models.FloatField(default=1.0)
    innocence = models.FloatField(default=2.0)
    from_generator = models.BooleanField(help_text="The bag was computed, not scanned")
    composed = models.BooleanField(default=True, help_text="The article was put into the bag, not scanned in it")
    seed = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "academy_picture"
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["set", "threat", "machine_class"], name="academy_picture_set")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(threat=False) | models.Q(article__isnull=False), name="a_threat_is_an_article"
            )
        ]

    def __str__(self) -> str:
        return f"{self.set} {self.bag}"


class PictureView(AppendOnly):
    """One direction of a picture on the standard scale, as pandok.fields.xray.models.ScanView keeps it."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="views")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    pitch_row_mm = models.FloatField(null=True, blank=True)
    pitch_column_mm = models.FloatField(null=True, blank=True)
    planes = models.JSONField(default=list)
    planes_sha256 = models.CharField(max_length=64, db_index=True)
    preview_sha256 = models.CharField(max_length=64, db_index=True)
    penetration_limit = models.FloatField(help_text="Transmission below which nothing is told")

    class Meta:
        db_table = "academy_pictureview"
        ordering = ["picture", "position"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "position"], name="one_picture_view_a_position"),
            models.UniqueConstraint(fields=["picture", "name"], name="one_picture_view_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.position}"


class PictureCalibration(AppendOnly):
    """What the answers of many say of a threat picture; the newest one counts, before what the picture itself said."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="calibrations")
    at = models.DateTimeField()
    people = models.PositiveIntegerField(help_text="Whose answers it stands on")
    slope = models.FloatField()
    difficulty = models.FloatField()
    difficulty_sd = models.FloatField()

    class Meta:
        db_table = "academy_picturecalibration"
        ordering = ["picture", "at"]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.difficulty:.2f}"


class PictureRetirement(models.Model):
    """A picture that is to be shown no more: proposed by one, confirmed by another. `replaced_by`: what took its
    place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="retirements")
    state = models.CharField(
        max_length=12,
        choices=[(one.value, one.value) for one in RetirementState],
        default=RetirementState.PROPOSED.value,
    )
    state_since = models.DateTimeField()
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    replaced_by = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    class Meta:
        db_table = "academy_pictureretirement"
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["picture"],
                condition=models.Q(state__in=[RetirementState.PROPOSED.value, RetirementState.RETIRED.value]),
                name="one_standing_picture_retirement",
            )
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.state}"

    @property
    def stands(self) -> RetirementState:
        return RetirementState(self.state)
