"""Masked copies of a deposit: one for each raw object, sealed beside it, with a report of counts.

Runs as a job and goes on where it stopped. Pictures, tables, text and workbooks get a masked copy; a PDF is reported
and held back. Into anything else nothing looks: there is no masked copy, and the report says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction
from pydantic import BaseModel

from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.models import Account
from pandok.core.errors import PandokError, Unavailable
from pandok.core.lab.personal_data import PersonalDataReport
from pandok.core.text import Text
from pandok.engines.documents.parser import read_document
from pandok.engines.documents.values import DOCUMENTS
from pandok.engines.text_and_codes.tesseract_reader import TesseractReader
from pandok.engines.text_and_codes.text_reader import LineReader, open_text_reader
from pandok.fields.lab.acts.vault.allowed import must
from pandok.fields.lab.acts.vault.masking.documents import mask_document
from pandok.fields.lab.acts.vault.masking.faces import FaceFinder, open_face_finder
from pandok.fields.lab.acts.vault.masking.pictures import mask_picture
from pandok.fields.lab.acts.vault.masking.table_form import MOST_CELLS, read_table, read_text
from pandok.fields.lab.acts.vault.masking.tables import mask_table, mask_text
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.acts.vault.uploads import NamedBytes
from pandok.fields.lab.models import Deposit, ObjectKind, VaultObject
from pandok.fields.lab.roles import Action
from pandok.readers.designs.marks import TextReader
from pandok.settings import settings
from pandok.version import __version__

TOOL = f"pandok {__version__}"
STEP = "mask"
KIND = "vault.mask"
_NOT_LOOKED_INTO = Text(
    ko="이 형식 안은 살펴보지 않았습니다. 가림본이 없습니다.", en="Nothing looks inside this format; no masked copy."
)
_TOO_MANY_CELLS = Text(
    ko=f"칸이 {MOST_CELLS // 1_000_000}백만 개가 넘는 표로 보여 가림본을 만들지 않았습니다. 행을 나누어 기탁하십시오.",
    en=f"This looks like a table of more than {MOST_CELLS // 1_000_000} million cells; no masked copy was made. "
    "Deposit its rows in parts.",
)


@dataclass(frozen=True)
class Finders:
    faces: Callable[[], FaceFinder]
    reader: Callable[[], TextReader]
    hangul: Callable[[], LineReader | None] = lambda: None


class MaskDeposit(BaseModel):
    deposit: UUID
    asked_by: int


def ask_for_masking(*, deposit: Deposit, actor: Account, now: datetime) -> None:
    """Have the worker look through what has no masked copy yet."""
    must(actor, Action.DEPOSIT_DATA)
    with transaction.atomic():
        enqueue(
            KIND,
            {"deposit": str(deposit.pk), "asked_by": actor.pk},
            key=f"{KIND}:{deposit.pk}:{now.isoformat()}",
            now=now,
        )


@handles(KIND, MaskDeposit, in_transaction=False)
def mask_job(payload: MaskDeposit, work: Work) -> None:
    del work
    deposit = Deposit.objects.get(pk=payload.deposit)
    mask_deposit(
        deposit=deposit, actor=Account.objects.get(pk=payload.asked_by), vault=site_vault(), finders=site_finders()
    )


def mask_deposit(*, deposit: Deposit, actor: Account, vault: Vault, finders: Finders) -> int:
    """Returns how many objects were looked at now; those that have a report are left alone."""
    must(actor, Action.DEPOSIT_DATA)
    count = 0
    waiting = deposit.contents.filter(kind=ObjectKind.RAW, deleted_at=None, report={})
    for object_id in list(waiting.values_list("pk", flat=True)):
        one = VaultObject.objects.select_related("deposit").get(pk=object_id)
        _mask_one(one, actor, vault, finders)
        count += 1
    return count


@cache
def site_finders() -> Finders:
    return Finders(
        faces=cache(lambda: open_face_finder(settings().face_model)),
        reader=cache(lambda: open_text_reader(threads=1)),
        hangul=cache(_hangul),
    )


def _hangul() -> LineReader | None:
    tesseract = TesseractReader()
    return tesseract if tesseract.installed() else None


def _mask_one(raw: VaultObject, actor: Account, vault: Vault, finders: Finders) -> None:
    data = vault.open_for_care(raw, actor=actor, purpose=STEP)
    named = NamedBytes(raw.name, data, raw.media_type)
    masked, media_type, report = _masked(named, vault.pseudonym_key(raw.deposit), finders)
    if masked is not None:
        ids = NamedBytes(raw.name, masked, media_type).record_ids()
        same = bool(ids) and ids == named.record_ids()
        vault.put(
            raw.deposit,
            f"masked/{raw.name}",
            masked,
            ObjectKind.MASKED,
            actor=actor,
            media_type=media_type,
            made_from=[raw],
            step=STEP,
            tool=TOOL,
            records=ids if same else (),
            same_ids=same,
            report=report.model_dump(mode="json"),
        )
    raw.report = report.model_dump(mode="json")
    raw.save(update_fields=["report"])


def _masked(named: NamedBytes, key: bytes, finders: Finders) -> tuple[bytes | None, str, PersonalDataReport]:
    if named.media_type.startswith("image/"):
        try:
            return mask_picture(named.data, faces=finders.faces(), reader=finders.reader(), hangul=finders.hangul())
        except Unavailable as error:
            return None, "", PersonalDataReport(looked_for=(), remarks=(error.what, error.next_step))
        except PandokError as error:
            return None, "", PersonalDataReport(looked_for=(), remarks=(error.what,))
    if named.media_type in DOCUMENTS:
        book, report = mask_document(named.data, named.media_type, key, read=read_document)
        return book, named.media_type, report
    if named.media_type == "text/csv":
        table = read_table(named.data)
        if table is not None:
            masked, report = mask_table(table, key)
            return masked.as_csv(), "text/csv", report
        if len(named.data) > MOST_CELLS:  # as lines of text its columns of names would stay as they are
            return None, "", PersonalDataReport(looked_for=(), remarks=(_TOO_MANY_CELLS,))
    if named.media_type.startswith("text/") or named.media_type == "application/json":
        text = read_text(named.data)
        if text is not None:
            masked_text, report = mask_text(text)
            return masked_text.encode(), named.media_type, report
    return None, "", PersonalDataReport(looked_for=(), remarks=(_NOT_LOOKED_INTO,))
