"""The modules that hold handlers and returning work. A module that is not named here is never run by a worker."""

HANDLER_MODULES: list[str] = [
    "pandok.desk.audit.check_job",
    "pandok.desk.audit.note_job",
    "pandok.desk.signals.capture_reading_job",
    "pandok.desk.learning.following",
    "pandok.desk.jobs.ticks",
    "pandok.desk.jobs.send_mail",
    "pandok.desk.jobs.send_webhook",
    "pandok.desk.outgoing.webhooks",
    "pandok.desk.idempotency",
    "pandok.desk.people.forgotten",
    "pandok.desk.people.session_sweep",
    "pandok.desk.retention.unused_files",
    "pandok.desk.notices.follow_up",
    "pandok.desk.notices.timed",
]
"""Apps above add theirs when they are ready."""
