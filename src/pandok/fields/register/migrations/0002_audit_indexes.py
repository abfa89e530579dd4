"""Search of the audit log by who, what and which, newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0001_initial'),
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
    ]
