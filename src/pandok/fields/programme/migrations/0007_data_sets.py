
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lab', '0003_reasons_of_any_length'),
        ('programme', '0006_applications'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='milestone',
            name='data_set',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.CreateModel(
            name='DataSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(help_text='2026-DS-000012', max_length=20, unique=True)),
                ('state', models.CharField(choices=[('private', 'private'), ('offered', 'offered'), ('published', 'published')], max_length=12)),
                ('state_since', models.DateTimeField()),
                ('title', models.CharField(max_length=200)),
                ('purpose', models.TextField()),
                ('licence', models.CharField(max_length=200)),
                ('owner_body', models.CharField(max_length=200)),
                ('region', models.CharField(max_length=20)),
                ('source', models.CharField(blank=True, help_text='Where its data come from', max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='data_sets', to='programme.agreement')),
                ('deposit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='catalogued_as', to='lab.deposit')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'programme_dataset',
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='DataSetEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('from_state', models.CharField(blank=True, max_length=12)),
                ('to_state', models.CharField(max_length=12)),
                ('what', models.CharField(blank=True, help_text='What happened where the state stayed', max_length=40)),
                ('reason', models.TextField(blank=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('data_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='programme.dataset')),
            ],
            options={
                'db_table': 'programme_datasetevent',
                'ordering': ['sequence'],
            },
        ),
        migrations.CreateModel(
            name='DataSetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('note', models.TextField(blank=True)),
                ('plan', models.JSONField()),
                ('plan_sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('data_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='programme.dataset')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'programme_datasetversion',
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='QualityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('upload', 'upload'), ('vault', 'vault'), ('folder', 'folder')], max_length=10)),
                ('table', models.CharField(max_length=300)),
                ('quality', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('table_sha256', models.CharField(max_length=64)),
                ('files_sha256', models.CharField(blank=True, max_length=64)),
                ('meets', models.BooleanField(help_text='All that the plan asks was measured and is so')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programme.datasetversion')),
            ],
            options={
                'db_table': 'programme_qualityreport',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='QualityRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('upload', 'upload'), ('vault', 'vault'), ('folder', 'folder')], max_length=10)),
                ('table', models.CharField(max_length=300)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('failed', models.JSONField(blank=True, default=dict)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='run', to='programme.qualityreport')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='programme.datasetversion')),
            ],
            options={
                'db_table': 'programme_qualityrun',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='dataset',
            index=models.Index(fields=['state', '-made_at'], name='data_set_by_state'),
        ),
        migrations.AddIndex(
            model_name='dataset',
            index=models.Index(fields=['-made_at', '-id'], name='data_set_newest'),
        ),
        migrations.AddConstraint(
            model_name='datasetevent',
            constraint=models.UniqueConstraint(fields=('data_set', 'sequence'), name='one_data_set_event_a_number'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.UniqueConstraint(fields=('data_set', 'version'), name='one_data_set_version_a_number'),
        ),
    ]
