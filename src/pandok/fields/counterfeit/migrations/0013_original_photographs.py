"""The file of a photograph as it came is kept beside the picture that is shown, and is what is read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0012_account_contact")]

    operations = [
        migrations.AddField(
            model_name="signalphotograph",
            name="original_sha256",
            field=models.CharField(blank=True, db_index=True, default="", max_length=64),
        ),
    ]
