"""How soon a person wants a group by mail, instead of whether."""

from django.db import migrations, models


def switches_to_paces(apps, schema_editor) -> None:
    """Who had switched a group off wants no mail of it."""
    apps.get_model("notifications", "Preference").objects.filter(is_on=False).update(pace="off")


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="preference",
            name="pace",
            field=models.CharField(
                choices=[
                    ("at_once", "at once"),
                    ("digest", "once a day, together"),
                    ("off", "not by mail"),
                ],
                default="at_once",
                max_length=8,
            ),
        ),
        migrations.RunPython(switches_to_paces, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="preference", name="is_on"),
    ]
