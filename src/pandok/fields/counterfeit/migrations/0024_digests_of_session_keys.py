"""Keys of sessions become their digests: a copy of the database opens no session. Nobody is signed out."""

from typing import Any

from django.db import migrations

from pandok.common.people.session_keys import DIGITS, kept_key


def digest(apps: Any, _schema_editor: Any) -> None:
    sessions = apps.get_model("sessions", "Session").objects
    for row in list(sessions.all()):
        if len(row.session_key) != DIGITS:
            sessions.filter(session_key=row.session_key).update(session_key=kept_key(row.session_key))
    people = apps.get_model("desk", "PersonSession").objects
    for pk, key in list(people.values_list("pk", "session_key")):
        if len(key) != DIGITS:
            people.filter(pk=pk).update(session_key=kept_key(key))


class Migration(migrations.Migration):
    dependencies = [("desk", "0023_passkeys"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(digest, migrations.RunPython.noop)]
