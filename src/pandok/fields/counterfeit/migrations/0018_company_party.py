
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0017_terms_and_service'),
    ]

    operations = [
        migrations.AlterField(
            model_name='party',
            name='kind',
            field=models.CharField(choices=[('holder', 'holder'), ('importer', 'importer'), ('association', 'association'), ('company', 'company')], db_index=True, max_length=12),
        ),
    ]
