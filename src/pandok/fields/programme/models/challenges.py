"""Open challenges: a problem of the lab, phases, and teams that take part. Scores stand in the lab alone."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.lab.models import ProblemPack
from pandok.fields.programme.challenge_states import ChallengeState, TeamState
from pandok.fields.programme.models.state_history import StateHistory


class Challenge(models.Model):
    """`sha256`: of all that it said when it opened; it is not changed after that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-CH-000001")
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ChallengeState])
    state_since = models.DateTimeField()
    pack = models.ForeignKey(ProblemPack, on_delete=models.PROTECT, related_name="challenges")
    title_ko = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    text_ko = models.TextField()
    text_en = models.TextField()
    sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "programme_challenge"
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="challenge_newest"),
            models.Index(fields=["-announced_at"], name="challenge_announced"),
        ]

    def __str__(self) -> str:
        return self.number


class ChallengePhase(models.Model):
    """From its beginning on, up to but without its end."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="phases")
    order = models.PositiveSmallIntegerField()
    name_ko = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "programme_challengephase"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "order"], name="one_challenge_phase_a_place"),
            models.CheckConstraint(
                condition=models.Q(begins_at__lt=models.F("ends_at")), name="a_phase_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.order}"


class ChallengeEvent(StateHistory):
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=40, blank=True, help_text="What happened where the state stayed")

    class Meta(StateHistory.Meta):
        db_table = "programme_challengeevent"
        constraints = [models.UniqueConstraint(fields=["challenge", "sequence"], name="one_challenge_event_a_number")]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.sequence}"


class ChallengeTeam(models.Model):
    """`organisation`: name of that of its founder, as it was then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=60)
    organisation = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in TeamState])
    state_since = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "programme_challengeteam"
        ordering = ["made_at", "id"]
        constraints = [models.UniqueConstraint(fields=["challenge", "name"], name="one_team_a_name")]

    def __str__(self) -> str:
        return self.name


class ChallengeMember(models.Model):
    """`organisation`: the lab's key of the organisation that the person hands models in for, at joining."""

    team = models.ForeignKey(ChallengeTeam, on_delete=models.PROTECT, related_name="members")
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="challenge_places")
    organisation = models.CharField(max_length=40)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "programme_challengemember"
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "account"],
                condition=models.Q(left_at__isnull=True),
                name="one_team_a_person_a_challenge",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.account_id}"


class ChallengeJoinWord(models.Model):
    """A word that lets one person into a team, once. The word itself is shown once and kept nowhere."""

    team = models.ForeignKey(ChallengeTeam, on_delete=models.PROTECT, related_name="join_words")
    word_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "programme_challengejoinword"
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.team_id} {self.made_at}"
