"""What a reader program was trained on: said wherever its help is shown."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.engines.encoders.model_store import StoredModel, site_models
from pandok.engines.scans.help_model import READER
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.models import HelpReading
from pandok.fields.xray.web.shown.structure import structure_origin
from pandok.settings import settings

COMPUTED_SCENES = Text(
    ko="계산으로 만든 영상만으로 학습했습니다. 실제 장비 영상은 본 적이 없습니다.",
    en="trained on computed scenes only; it has seen no scan of a real machine.",
)

ANOTHER_MACHINE = Text(
    ko="다른 장비가 보고한 곳입니다. 그 장비가 무엇을 얼마나 찾는지는 이 시스템이 재지 않았습니다.",
    en="places that another machine reported; what it finds, and what it misses, was not measured here.",
)


def origin_of(reading: HelpReading) -> Text:
    """What stands behind one help reading, by its source."""
    if reading.source == HelpSource.STRUCTURE:
        return structure_origin(reading)
    if reading.source == HelpSource.MACHINE:
        return ANOTHER_MACHINE
    return origin_of_program(reading.reader)


def origin_of_program(title: str) -> Text:
    """Of the reader program with this name and version, as its card says it."""
    if title.split(" ")[0] == READER:
        return COMPUTED_SCENES
    for stored in site_models(settings().home).cards():
        if isinstance(stored, StoredModel) and stored.card.title == title:
            return Text(ko=stored.card.training_data, en=stored.card.training_data)
    return Text(
        ko="무엇으로 학습했는지 알 수 없습니다. 모델 카드가 더는 설치되어 있지 않습니다.",
        en="what it was trained on is not known; its card is no longer installed.",
    )
