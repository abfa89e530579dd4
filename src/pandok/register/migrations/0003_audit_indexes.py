"""Search of the audit log by who, what and which, newest first.

SQLite alters a column by writing the table anew, and the trigger that refuses updates goes with the old one: it is
made again.
"""

from django.db import migrations, models


def refuse_updates_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS register_auditentry_append_only")
        schema_editor.execute(
            "CREATE TRIGGER register_auditentry_append_only BEFORE UPDATE ON register_auditentry "
            "BEGIN SELECT RAISE(ABORT, 'append-only table'); END"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0002_append_only'),
    ]

    operations = [
        migrations.AlterField(
            model_name='auditentry',
            name='action',
            field=models.CharField(max_length=100),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='object',
            field=models.CharField(max_length=200),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['actor', 'sequence'], name='audit_actor'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['action', 'sequence'], name='audit_action'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['object', 'sequence'], name='audit_object'),
        ),
        migrations.RunPython(refuse_updates_again, refuse_updates_again),
    ]
