"""States of a data set in the catalogue.

private → offered → published       offered by whoever keeps it, published by another person
   ↑          │          │
   └──────────┴──────────┘
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class DataSetState(StrEnum):
    PRIVATE = "private"
    OFFERED = "offered"
    PUBLISHED = "published"

    @property
    def words(self) -> Text:
        return _STATES[self]


class DataSetMover(StrEnum):
    KEEPER = "keeper"
    PUBLISHER = "publisher"


class DataSource(StrEnum):
    """Where the files of a report were."""

    UPLOAD = "upload"
    VAULT = "vault"
    FOLDER = "folder"

    @property
    def words(self) -> Text:
        return _SOURCES[self]


_S, _M = DataSetState, DataSetMover
_STATES = {
    _S.PRIVATE: Text(ko="비공개", en="Private"),
    _S.OFFERED: Text(ko="공개 검토 중", en="To be published"),
    _S.PUBLISHED: Text(ko="공개", en="Published"),
}
_SOURCES = {
    DataSource.UPLOAD: Text(ko="올린 파일", en="uploaded file"),
    DataSource.VAULT: Text(ko="실증랩 기탁 자료", en="deposit in the lab's vault"),
    DataSource.FOLDER: Text(ko="서버의 폴더", en="folder on the server"),
}

DATA_SETS = StateTable(
    title=Text(ko="데이터셋", en="Data set"),
    states=_STATES,
    by={
        _M.KEEPER: Text(ko="등록·관리하는 사람", en="its keeper"),
        _M.PUBLISHER: Text(ko="사업 책임자", en="programme manager"),
    },
    moves={
        (_S.PRIVATE, _S.OFFERED): frozenset({_M.KEEPER}),
        (_S.OFFERED, _S.PRIVATE): frozenset({_M.KEEPER, _M.PUBLISHER}),
        (_S.OFFERED, _S.PUBLISHED): frozenset({_M.PUBLISHER}),
        (_S.PUBLISHED, _S.PRIVATE): frozenset({_M.KEEPER, _M.PUBLISHER}),
    },
)
