from django.db import migrations, models


class Migration(migrations.Migration):
    """The glossary is learned from headings and paragraphs too, not only from titles."""

    dependencies = [("search", "0002_words_of_editors")]

    operations = [
        migrations.RenameField("glossaryentry", old_name="titles", new_name="seen"),
        migrations.AlterField(
            "glossaryentry",
            "seen",
            models.PositiveIntegerField(
                default=0,
                editable=False,
                help_text="In so many translated titles, headings and paragraphs.",
                verbose_name="seen together",
            ),
        ),
        migrations.AlterField(
            "glossaryentry",
            "origin",
            models.CharField(
                choices=[("learned", "learned from translations"), ("added", "added by an editor")],
                default="added",
                editable=False,
                max_length=8,
                verbose_name="origin",
            ),
        ),
    ]
