"""Tables point down the line of apps too: a string in a foreign key slips past import contracts."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps


def relations_upwards(model: type[models.Model], line: list[str]) -> Iterator[str]:
    """The relations of ``model`` to a model of an app above its own."""
    own = line.index(model._meta.app_label)
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        target = field.remote_field.model if field.remote_field else None
        label = target._meta.app_label if isinstance(target, type) else None
        if label in line and line.index(label) < own:
            yield f"{model._meta.label}.{field.name} -> {target._meta.label}"


def test_every_relation_points_down_the_line(line_of_apps):
    ours = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in line_of_apps
    ]
    assert ours

    upwards = [relation for model in ours for relation in relations_upwards(model, line_of_apps)]

    assert upwards == []


def test_a_model_never_inherits_its_table_from_an_app_above(line_of_apps):
    for model in apps.get_models():
        if model._meta.app_label in line_of_apps:
            for parent in model._meta.get_parent_list():
                if parent._meta.app_label in line_of_apps:
                    own, above = model._meta.app_label, parent._meta.app_label
                    assert line_of_apps.index(above) >= line_of_apps.index(own), model


@pytest.mark.parametrize("relation", [models.ForeignKey, models.OneToOneField])
def test_a_relation_upwards_would_be_noticed(relation, line_of_apps):
    with isolate_apps("people", "kb"):

        class Article(models.Model):
            class Meta:
                app_label = "kb"

        class Person(models.Model):
            favourite = relation("kb.Article", on_delete=models.CASCADE)

            class Meta:
                app_label = "people"

        assert list(relations_upwards(Person, line_of_apps)) == [
            "people.Person.favourite -> kb.Article"
        ]


def test_common_has_no_tables():
    assert list(apps.get_app_config("common").get_models()) == []
