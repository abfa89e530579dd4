"""What is said in public: questions and answers, of a challenge or in general, and notices of the office."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.fields.programme.models.challenges import Challenge, ChallengeTeam
from pandok.fields.programme.models.state_history import StateHistory
from pandok.fields.programme.post_states import NoticeState, PostKind, PostState


class CommunityPost(models.Model):
    """`challenge` null: a question in general. `about`: the question that it answers. `text` is not changed after it
    was written; `text_en`: of a correction, which is written in both languages. `team` or else `role`: as whom the
    author spoke then, which is all that everybody sees of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-QA-000001")
    challenge = models.ForeignKey(
        Challenge, null=True, blank=True, on_delete=models.PROTECT, related_name="community_posts"
    )
    about = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in PostKind])
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in PostState])
    state_since = models.DateTimeField()
    text = models.TextField()
    text_en = models.TextField(blank=True)
    team = models.ForeignKey(ChallengeTeam, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="community_posts")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "programme_communitypost"
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["challenge", "kind", "-made_at"], name="post_of_a_discussion"),
            models.Index(fields=["made_by", "-made_at"], name="post_of_an_account"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["question", "correction"], about=None)
                | models.Q(kind__in=["reply", "answer"], about__isnull=False),
                name="an_answer_is_about_a_question",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="correction") | models.Q(challenge__isnull=False),
                name="a_correction_is_of_a_challenge",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CommunityPostEvent(StateHistory):
    post = models.ForeignKey(CommunityPost, on_delete=models.PROTECT, related_name="events")

    class Meta(StateHistory.Meta):
        db_table = "programme_communitypostevent"
        constraints = [models.UniqueConstraint(fields=["post", "sequence"], name="one_post_event_a_number")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.sequence}"


class ProgrammeNotice(models.Model):
    """What the office tells everybody. Its words are not changed once it is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-NT-000001")
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in NoticeState])
    state_since = models.DateTimeField()
    title_ko = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    text_ko = models.TextField()
    text_en = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "programme_notice"
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="notice_of_programme_newest"),
            models.Index(fields=["-published_at"], name="notice_of_programme_shown"),
        ]

    def __str__(self) -> str:
        return self.number


class ProgrammeNoticeEvent(StateHistory):
    """`wording`: what it said before this event changed it, or nothing."""

    notice = models.ForeignKey(ProgrammeNotice, on_delete=models.PROTECT, related_name="events")
    wording = models.JSONField(default=dict)

    class Meta(StateHistory.Meta):
        db_table = "programme_noticeevent"
        constraints = [models.UniqueConstraint(fields=["notice", "sequence"], name="one_programme_notice_event")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.sequence}"
