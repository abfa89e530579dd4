"""Work to be done later, kept in the database and leased to one worker at a time."""

from __future__ import annotations

from django.db import models


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """One piece of work. Only pandok.common.jobs.queue changes it.

    `key` says what the work is: the same key is the same job, however often it is asked for. A running job belongs to
    `leased_by` until `lease_until`; after that any worker may take it. `attempts` counts how often it was taken.
    """

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    run_after = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField()
    leased_by = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "desk_job"
        indexes = [
            models.Index(fields=["run_after"], name="job_queued", condition=models.Q(state="queued")),
            models.Index(fields=["lease_until"], name="job_running", condition=models.Q(state="running")),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"
