"""What the register writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "party.linked": Text(ko="등록부 권리자와 연결", en="Holder name linked"),
    "party.unlinked": Text(ko="등록부 권리자 연결 해제", en="Holder name unlinked"),
    "register.import": Text(ko="등록부 가져오기", en="Register imported"),
}
OBJECTS: dict[str, Text] = {
    "design": Text(ko="등록디자인", en="Design"),
    "import-run": Text(ko="등록부 가져오기", en="Import"),
    "register": Text(ko="등록부", en="Register"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {
    "citations_added": Text(ko="추가된 인용", en="Citations added"),
    "class_changes": Text(ko="바뀐 물품류", en="Classes changed"),
    "designs_added": Text(ko="추가된 디자인", en="Designs added"),
    "designs_changed": Text(ko="바뀐 디자인", en="Designs changed"),
    "fields_kept": Text(ko="따로 보관한 항목", en="Fields kept unread"),
    "status_changes": Text(ko="바뀐 권리 상태", en="Standings changed"),
    "views_added": Text(ko="추가된 도면", en="Views added"),
    "views_withdrawn": Text(ko="내린 도면", en="Views withdrawn"),
}
"""What details are called."""
