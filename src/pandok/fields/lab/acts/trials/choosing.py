"""Which candidates there are, what identifies one, and how it is opened: an installed reader, or a submission."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.canonical import digest
from pandok.core.errors import ModelError
from pandok.engines.bulk.sandboxes import LimitedSandboxes
from pandok.engines.encoders.model_store import site_models
from pandok.engines.sandbox.sandbox import open_sandbox
from pandok.fields.lab.acts.runs.limits_of_site import limits_of
from pandok.fields.lab.acts.trials.candidates import Candidate, StoredReader
from pandok.fields.lab.acts.trials.submitted import PREFIX, SubmittedReader, digest_of, submission_of, title_of, usable
from pandok.fields.lab.models import Submission
from pandok.settings import Settings

SUBMISSIONS_OFFERED = 100


@dataclass(frozen=True)
class Identity:
    """`sha256` changes with every file that an answer comes from."""

    title: str
    sha256: str


def identity(name: str, chosen: Settings) -> Identity:
    """Raises ModelError, or RequestError for a submission that cannot be tried."""
    if name.startswith(PREFIX):
        submission = submission_of(name)
        return Identity(title_of(submission), digest_of(submission))
    card = site_models(chosen.home).get(name).card
    return Identity(card.title, digest(card))


def open_candidate(name: str, chosen: Settings) -> Candidate:
    if name.startswith(PREFIX):
        sandboxes = LimitedSandboxes(open_sandbox(), limits_of(chosen))
        return SubmittedReader(submission_of(name), chosen.home, sandboxes.load)
    return StoredReader(name, digest(site_models(chosen.home).get(name).card), chosen)


def choices(chosen: Settings) -> list[tuple[str, str]]:
    """Name and title of what may be tried: installed readers that officers do not see already, and submissions.

    A model whose score says nothing of closeness (floods, X-rays) compares no pictures with designs.
    """
    cards = [one.card for one in site_models(chosen.home).cards() if not isinstance(one, ModelError)]
    readers = [(one.name, one.title) for one in cards if one.name != chosen.encoder and one.score_direction != "none"]
    accepted = Submission.objects.filter(refusals=[]).select_related("pack")[:SUBMISSIONS_OFFERED]
    return readers + [
        (f"{PREFIX}{one.id}", f"{title_of(one)} ({one.submitter_name})") for one in accepted if usable(one)
    ]
