from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='view',
            name='origin',
            field=models.CharField(choices=[('register', 'Register'), ('confirmed', 'Confirmed')], default='register', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='view',
            constraint=models.UniqueConstraint(condition=models.Q(('origin', 'confirmed'), ('withdrawn_at', None)), fields=('sha256',), name='one_confirmed_view_a_photograph'),
        ),
    ]
