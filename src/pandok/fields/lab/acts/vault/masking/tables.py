"""Tables masked: whole columns become keyed pseudonyms, single finds in other cells are removed. The form stays."""

from __future__ import annotations

import hmac
from collections import Counter
from hashlib import sha256

from pandok.core.lab.personal_data import Found, PersonalDataReport, PersonalKind, Sureness, Treatment
from pandok.core.text import Text
from pandok.engines.personal_data.columns import decide
from pandok.engines.personal_data.patterns import KINDS, spans
from pandok.fields.lab.acts.vault.masking.table_form import Table

_LIMITS = Text(
    ko="이름과 주소는 열 이름과 형식으로만 찾습니다. 다른 열에 섞인 이름은 남을 수 있습니다.",
    en="Names and addresses are found by headings and form only; a name inside another column may remain.",
)


def mask_table(table: Table, key: bytes) -> tuple[Table, PersonalDataReport]:
    """`key`: equal values become equal pseudonyms under it, so that rows can still be joined; nobody can turn them
    back without it."""
    columns: list[list[str]] = []
    found: list[Found] = []
    single: Counter[tuple[PersonalKind, Sureness, str]] = Counter()
    for place, heading in enumerate(table.header):
        cells = table.column(place)
        decision = decide(heading, cells)
        if decision is not None:
            columns.append([pseudonym(cell, decision.kind, key) if cell.strip() else cell for cell in cells])
            found.append(
                Found(
                    kind=decision.kind,
                    sureness=decision.sureness,
                    count=sum(1 for cell in cells if cell.strip()),
                    treatment=Treatment.PSEUDONYM,
                    columns=(heading,),
                )
            )
            continue
        masked = []
        for cell in cells:
            text, kinds = without_personal_data(cell)
            single.update((kind, sureness, heading) for kind, sureness in kinds)
            masked.append(text)
        columns.append(masked)
    found += [
        Found(kind=kind, sureness=sureness, count=count, treatment=Treatment.REMOVED, columns=(heading,))
        for (kind, sureness, heading), count in sorted(single.items())
    ]
    rows = tuple(zip(*columns, strict=True)) if table.rows else ()
    report = PersonalDataReport(looked_for=KINDS, found=tuple(found), remarks=(_LIMITS,))
    return Table(table.header, rows), report


def mask_text(text: str) -> tuple[str, PersonalDataReport]:
    """Free text: every find is replaced by the name of its kind."""
    masked, kinds = without_personal_data(text)
    counts = Counter(kinds)
    found = tuple(
        Found(kind=kind, sureness=sureness, count=count, treatment=Treatment.REMOVED)
        for (kind, sureness), count in sorted(counts.items())
    )
    return masked, PersonalDataReport(looked_for=KINDS, found=found, remarks=(_LIMITS,))


def without_personal_data(text: str) -> tuple[str, list[tuple[PersonalKind, Sureness]]]:
    """
    >>> without_personal_data("연락: 010-1234-5678")[0]
    '연락: [phone]'
    """
    pieces, end, kinds = [], 0, []
    for one in spans(text):
        pieces += [text[end : one.start], f"[{one.kind}]"]
        end = one.end
        kinds.append((one.kind, one.sureness))
    return "".join([*pieces, text[end:]]), kinds


def pseudonym(value: str, kind: PersonalKind, key: bytes) -> str:
    """80 bits of HMAC-SHA256 over kind and value; blanks and dashes do not count."""
    plain = "".join(letter for letter in value.casefold() if letter.isalnum() or letter in "@.")
    return f"{kind}-{hmac.new(key, f'{kind}:{plain}'.encode(), sha256).hexdigest()[:20]}"
