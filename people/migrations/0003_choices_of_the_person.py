"""What a person chooses on the profile page: theme and single-key shortcuts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0002_company"),
    ]

    operations = [
        migrations.AddField(
            model_name="employee",
            name="theme",
            field=models.CharField(
                blank=True,
                choices=[("", "As in the system"), ("light", "Light"), ("dark", "Dark")],
                default="",
                max_length=5,
                verbose_name="theme",
            ),
        ),
        migrations.AddField(
            model_name="employee",
            name="single_keys",
            field=models.BooleanField(default=True, verbose_name="single-key shortcuts"),
        ),
    ]
