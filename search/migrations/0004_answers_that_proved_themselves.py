import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What people open or copy for a question, learned from the log."""

    dependencies = [
        ('kb', '0010_last_version_read'),
        ('search', '0003_seen_together'),
    ]

    operations = [
        migrations.CreateModel(
            name='UsedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=400)),
                ('staff', models.BooleanField()),
                ('weight', models.FloatField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kb.articlepage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('question', 'article', 'staff'), name='an_answer_is_learned_once')],
            },
        ),
    ]
