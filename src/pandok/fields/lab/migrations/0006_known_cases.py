
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lab', '0005_sharing_confirmation'),
    ]

    operations = [
        migrations.AddField(
            model_name='confirmopening',
            name='opened_before',
            field=models.JSONField(help_text='pandok.core.lab.registration.OpenedBefore, as it stood at this opening', null=True),
        ),
        migrations.AlterField(
            model_name='run',
            name='state',
            field=models.CharField(choices=[('queued', 'queued'), ('leased', 'leased'), ('checking', 'checking'), ('running', 'running'), ('scoring', 'scoring'), ('awaiting_release', 'awaiting_release'), ('released', 'released'), ('withheld', 'withheld'), ('refused', 'refused'), ('failed_lab', 'failed_lab'), ('timed_out', 'timed_out'), ('cancelled', 'cancelled')], max_length=20),
        ),
        migrations.CreateModel(
            name='KnownCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('public', 'public'), ('feedback', 'feedback'), ('confirm', 'confirm')], max_length=10)),
                ('case_id', models.CharField(blank=True, help_text='Empty for packs of before these were kept', max_length=200)),
                ('exact', models.CharField(db_index=True, help_text="As the vault's record of the input's sha256", max_length=64)),
                ('content', models.CharField(blank=True, db_index=True, max_length=64)),
                ('sketch', models.BinaryField(default=bytes)),
                ('identity', models.CharField(max_length=64)),
                ('how', models.CharField(choices=[('new', 'new'), ('exact', 'exact'), ('content', 'content'), ('alike', 'alike')], max_length=10)),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='known_cases', to='lab.problempack')),
            ],
            options={
                'indexes': [models.Index(fields=['identity', 'part'], name='known_case_identity'), models.Index(fields=['pack', 'part'], name='known_case_part')],
            },
        ),
    ]
