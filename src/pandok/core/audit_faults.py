"""What is wrong with the chain, in words."""

from __future__ import annotations

from pandok.core.text import Text

_WORDS = {
    "sequence": Text(ko="항목이 빠졌습니다", en="an entry is missing"),
    "previous": Text(ko="앞 항목과 이어지지 않습니다", en="it does not follow the entry before"),
    "hash": Text(ko="내용이 바뀌었습니다", en="its content was changed"),
    "head": Text(ko="최신 해시가 다릅니다", en="the newest hash is another one"),
    "checkpoint": Text(ko="전에 검사한 해시와 다릅니다", en="an earlier check found another hash there"),
    "checkpoint_gone": Text(ko="전에 한 검사의 기록이 지워졌습니다", en="the record of an earlier check was removed"),
    "noted": Text(
        ko="데이터베이스 밖에 적어 둔 해시와 다릅니다. 오래된 데이터베이스이거나 잘렸습니다",
        en="a hash noted outside the database is another one: this is an older database, or it was cut",
    ),
    "proof": Text(ko="증명서에 서명된 해시와 다릅니다", en="a proof carries another hash under its signature"),
    "anchor": Text(ko="따로 보관한 앵커와 다릅니다", en="the anchor that was kept elsewhere has another hash"),
}


def fault_words(fault: str) -> Text:
    return _WORDS.get(fault, Text(ko=fault, en=fault))
