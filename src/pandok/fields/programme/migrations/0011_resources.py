
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0010_reviews'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ResourceBooking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField(db_index=True)),
                ('ends_at', models.DateTimeField(db_index=True)),
                ('for_whom', models.CharField(help_text='Company, institute or department', max_length=100)),
                ('purpose', models.CharField(max_length=200)),
                ('booked_at', models.DateTimeField()),
                ('booked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'programme_resourcebooking',
                'ordering': ['begins_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ResourceBookingCancelled',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cancelled', to='programme.resourcebooking')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'programme_resourcebookingcancelled',
            },
        ),
        migrations.CreateModel(
            name='TrialResource',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(help_text='2026-RS-000012', max_length=20, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('region', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('body', models.CharField(help_text='Whose it is', max_length=200)),
                ('post', models.CharField(blank=True, help_text='Whom to ask: a post', max_length=200)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('hours', models.CharField(blank=True, max_length=200)),
                ('rules', models.TextField(blank=True)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('booked', models.BooleanField(default=False, help_text='It is used by booking alone')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'programme_resource',
                'ordering': ['title', 'number'],
            },
        ),
        migrations.AddField(
            model_name='resourcebooking',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='programme.trialresource'),
        ),
    ]
