"""Django's sessions in the database, each under the digest of its key instead of the key itself."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from pandok.common.people.session_keys import kept_key


class SessionStore(db.SessionStore):
    """`session_key` is the cookie's, as everywhere in Django; rows know its digest alone."""

    def _get_session_from_db(self) -> Any:
        try:
            return self.model.objects.get(session_key=kept_key(self.session_key or ""), expire_date__gt=timezone.now())
        except self.model.DoesNotExist:
            self._session_key = None
            return None

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        made = super().create_model_instance(data)
        made.session_key = kept_key(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(kept_key(key))
