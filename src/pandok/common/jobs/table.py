"""The modules that hold handlers and returning work. A module that is not named here is never run by a worker."""

HANDLER_MODULES: list[str] = [
    "pandok.common.audit.check_job",
    "pandok.common.audit.note_job",
    "pandok.fields.designs.acts.capture_reading_job",
    "pandok.fields.counterfeit.acts.learning.following",
    "pandok.common.jobs.ticks",
    "pandok.common.jobs.send_mail",
    "pandok.common.jobs.send_webhook",
    "pandok.common.messages.webhooks",
    "pandok.common.idempotency",
    "pandok.common.people.forgotten",
    "pandok.common.people.session_sweep",
    "pandok.fields.counterfeit.acts.retention.unused_files",
    "pandok.fields.counterfeit.acts.notices.follow_up",
    "pandok.fields.counterfeit.acts.notices.timed",
]
"""Apps above add theirs when they are ready."""
