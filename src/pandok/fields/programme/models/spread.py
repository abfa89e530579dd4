"""Spread: what was handed to other sites, what came from them, and what each said became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.programme.hand_over import Became, HandOver, HandOverAnswer
from pandok.fields.programme.models.agreements import Agreement
from pandok.fields.programme.models.problems import FieldProblem
from pandok.fields.programme.topics import KoreanRegion


class HandOverMade(AppendOnly):
    """`values`: the signed statement; `package`: sha256 of hand-over.zip among the blobs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-HO-000012")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="hand_overs")
    proof_number = models.CharField(max_length=20)
    values = models.JSONField()
    package = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "programme_handovermade"
        ordering = ["-made_at", "-number"]

    @property
    def statement(self) -> HandOver:
        return HandOver.model_validate(self.values)

    def __str__(self) -> str:
        return self.number


class HandOverTaken(AppendOnly):
    """Of another site, its signature checked. `here`: this site's own conditions; `problem`: the own one that it may
    help."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20)
    site = models.CharField(max_length=200)
    values = models.JSONField()
    package = models.CharField(max_length=64, unique=True)
    signed_by = models.CharField(max_length=64, help_text="Id of the key")
    region = models.CharField(max_length=12, choices=[(one.value, one.value) for one in KoreanRegion])
    here = models.JSONField()
    problem = models.ForeignKey(FieldProblem, null=True, on_delete=models.PROTECT, related_name="taken_over")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "programme_handovertaken"
        ordering = ["-taken_at", "-number"]
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="one_hand_over_a_number_of_a_site")]

    @property
    def statement(self) -> HandOver:
        return HandOver.model_validate(self.values)

    def __str__(self) -> str:
        return f"{self.number} {self.site}"


class SpreadAnswer(AppendOnly):
    """What a site says became of it: one's own (`taken`), or another's about what was handed over here (`made`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made = models.ForeignKey(HandOverMade, null=True, on_delete=models.PROTECT, related_name="answers")
    taken = models.OneToOneField(HandOverTaken, null=True, on_delete=models.PROTECT, related_name="answer")
    site = models.CharField(max_length=200)
    region = models.CharField(max_length=12, choices=[(one.value, one.value) for one in KoreanRegion])
    became = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Became])
    values = models.JSONField()
    envelope = models.TextField(help_text="As it was signed")
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "programme_spreadanswer"
        ordering = ["kept_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["made", "site"], name="one_answer_of_a_site_to_a_hand_over"),
            models.CheckConstraint(
                condition=models.Q(made=None, taken__isnull=False) | models.Q(made__isnull=False, taken=None),
                name="an_answer_is_to_one_side",
            ),
        ]

    @property
    def answer(self) -> HandOverAnswer:
        return HandOverAnswer.model_validate(self.values)

    def __str__(self) -> str:
        return f"{self.site} {self.became}"
