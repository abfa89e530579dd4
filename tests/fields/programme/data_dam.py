"""Data sets with a plan, and files for them: clean, faulty and hostile."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.db import transaction

from pandok.common.models import Account
from pandok.core.programme.data_quality import DataQuality
from pandok.engines.data_quality.report import quality_in_steps
from pandok.fields.programme.acts.data_sets.keeping import DataSetSaid, enter_data_set, plan_from
from pandok.fields.programme.acts.data_sets.publishing import offer_data_set, publish_data_set
from pandok.fields.programme.acts.data_sets.reports import keep_report
from pandok.fields.programme.data_states import DataSource
from pandok.fields.programme.lists.data_sets import version_of
from pandok.fields.programme.models import DataSet, QualityReport
from tests.fields.programme.office import NOON, WHY, person
from tests.roles import Role

DATA_SET: dict[str, str] = {
    "title": "지하차도 수위와 통제 기록",
    "purpose": "침수 경보 모델의 학습과 시험",
    "licence": "협약 당사자만, 실증 목적으로",
    "owner_body": "북구청",
    "region": "honam",
    "source": "수위계 3곳, 2025년",
}
PLAN: dict[str, Any] = {
    "name": "수위 기록",
    "label": "closed",
    "second_label": "closed_2",
    "split": "split",
    "columns": [
        {"name": "id", "unique": True},
        {"name": "depth_mm", "holds": "number", "least": 0, "most": 3000},
        {"name": "memo", "required": False},
        {"name": "closed", "among": ["yes", "no"]},
        {"name": "closed_2", "required": False},
        {"name": "split", "among": ["train", "test"]},
    ],
    "counts": {"yes": 5, "no": 5},
    "targets": [{"measure": "faulty_share", "most": 0.01}, {"measure": "personal", "most": 0}],
}
PLAN_JSON = json.dumps(PLAN, ensure_ascii=False)
HEADER = "id,depth_mm,memo,closed,closed_2,split"


def table(*more: str) -> bytes:
    rows = [f"r{n},{n * 37 % 900},,{'yes' if n % 2 else 'no'},{'yes' if n % 2 else 'no'},train" for n in range(20)]
    return ("\n".join([HEADER, *rows, *more]) + "\n").encode()


CLEAN = table()
FAULTY = table("r99,-5,전화 010-1234-5678 홍길동 님,yes,no,test", "r98,abc,,maybe,,test")
HIDDEN_VALUES = ("010-1234-5678", "1234-5678", "홍길동")


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def entered(by: Account | None = None, **other: str) -> DataSet:
    said = DataSetSaid(**DATA_SET | other)
    return enter_data_set(said, plan_from(PLAN_JSON), actor=by or person(Role.PROGRAMME_OFFICE), now=NOON)


def reported(*rows: str, by: Account | None = None, **other: str) -> QualityReport:
    """Computed here, from a clean table and further rows."""
    found = entered(by, **other)
    *_, quality = quality_in_steps(table(*rows), plan_from(PLAN_JSON))
    assert isinstance(quality, DataQuality)
    with transaction.atomic():
        return keep_report(
            version_of(found), quality, source=DataSource.FOLDER, table="t.csv",
            actor=by or person(Role.PROGRAMME_OFFICE), now=NOON,
        )  # fmt: skip


def published(**other: str) -> DataSet:
    made = entered(**other)
    offer_data_set(made.pk, reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=NOON)
    return publish_data_set(made.pk, reason=WHY, actor=person(Role.PROGRAMME_MANAGER), now=NOON)
