"""Registered designs, their views, holders and citations."""

from __future__ import annotations

from django.db import models

from pandok.core.rights import LegalStatus

STATUS_CHOICES = [(status.value, status.value) for status in LegalStatus]


class Holder(models.Model):
    """Who holds the right, by the name in the register."""

    name = models.CharField(max_length=500, unique=True)

    def __str__(self) -> str:
        return self.name


class Design(models.Model):
    """One registered design as its sources say today; what they said before is in the history tables."""

    design_id = models.CharField(max_length=100, unique=True)
    registration_number = models.CharField(max_length=100, blank=True, db_index=True)
    application_number = models.CharField(max_length=100, blank=True, db_index=True)
    international_number = models.CharField(
        max_length=20, blank=True, db_index=True, help_text="International registration (Hague), DM/123456"
    )
    article = models.CharField(max_length=500, blank=True)
    word_mark = models.CharField(max_length=300, blank=True, db_index=True, help_text="Text of a word mark")
    holder = models.ForeignKey(Holder, null=True, blank=True, on_delete=models.PROTECT, related_name="designs")
    locarno_class = models.CharField(max_length=5, blank=True, db_index=True, help_text="Class and subclass, 28-03")
    further_classes = models.CharField(
        max_length=200, blank=True, help_text="Locarno classes beside the first, with blanks between them: 08-08 11-01"
    )
    locarno_edition = models.CharField(max_length=20, blank=True)
    korean_class = models.CharField(max_length=30, blank=True, db_index=True)
    korean_class_version = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, choices=STATUS_CHOICES, default=LegalStatus.UNKNOWN.value, db_index=True)
    status_word = models.CharField(max_length=100, blank=True, help_text="The status in the source's own word")
    status_since = models.DateField(null=True, blank=True)
    recorded_with_customs = models.BooleanField(null=True, blank=True)
    recordal_number = models.CharField(max_length=100, blank=True)
    recordal_valid_until = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True, db_index=True, help_text="Last day on which the right stands")
    source = models.CharField(max_length=300, blank=True, help_text="Importer and file of the newest facts")

    def __str__(self) -> str:
        return self.design_id


class ViewOrigin(models.TextChoices):
    """Where the picture of a view comes from."""

    REGISTER = "register"
    CONFIRMED = "confirmed"
    """A photograph of a case whose outcome said that it shows this design: for customs only. The view's name is the
    number of the case."""


class RegisteredViews(models.Manager["View"]):
    """What the register publishes. Whoever asks for no more never meets a photograph of a case."""

    def get_queryset(self) -> models.QuerySet[View]:
        return super().get_queryset().filter(origin=ViewOrigin.REGISTER)


class View(models.Model):
    """One picture of a design. `view_key` is the key of its vector in the index and is never used again.

    `objects` and `design.views` are the register's own views; `everything` has confirmed photographs too.
    """

    view_key = models.BigAutoField(primary_key=True)
    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="views")
    name = models.CharField(max_length=100, help_text="front, back, perspective, 1, …")
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=50)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    order = models.PositiveIntegerField(default=0)
    source_path = models.CharField(max_length=500, blank=True)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ViewOrigin.choices, default=ViewOrigin.REGISTER)

    objects = RegisteredViews()
    everything: models.Manager[View] = models.Manager()

    class Meta:
        ordering = ["design_id", "order", "view_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=models.Q(origin=ViewOrigin.CONFIRMED, withdrawn_at=None),
                name="one_confirmed_view_a_photograph",
            )
        ]

    def __str__(self) -> str:
        return f"{self.view_key} {self.name}"


class Citation(models.Model):
    """An earlier document that the examiner set against a design: a near neighbour by an expert's judgement."""

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="citations")
    country = models.CharField(max_length=10, blank=True)
    number = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, blank=True)
    published = models.CharField(max_length=10, blank=True, help_text="As written: YYYYMM00 names a month only")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["design", "country", "number"], name="one_citation_each")]

    def __str__(self) -> str:
        return f"{self.country} {self.number}"
