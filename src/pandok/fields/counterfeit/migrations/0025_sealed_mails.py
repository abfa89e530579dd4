from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0024_digests_of_session_keys")]

    operations = [migrations.AddField("delivery", "sealed", models.BooleanField(default=False))]
