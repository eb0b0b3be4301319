"""What operators type finds the demo's article: ``lms/demo/queries.jsonl``, in their own words."""

from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from kb.models import ArticlePage
from lms.demo import company, knowledge
from people.models import Employee
from search import indexing, services
from search.evaluation import read_questions

pytestmark = pytest.mark.django_db

QUERIES = Path(knowledge.__file__).parent / "queries.jsonl"


@pytest.fixture
def questions():
    """The queries with the articles that answer them."""
    with QUERIES.open(encoding="utf-8") as file:
        return list(read_questions(file))


@pytest.fixture
def operator(settings, tmp_path, viewer_of):
    """An operator of the demo company, whose knowledge base is indexed."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    company.seed_company(now=timezone.now(), people=60, seed=1, tell=lambda words: None)
    indexing.catch_up()
    return viewer_of(Employee.objects.get(full_name="Анна Кравцова"))


def test_at_least_a_hundred_different_queries_name_articles_of_the_demo(questions, operator):
    asked = Counter(question.text for question in questions)
    named = {article for question in questions for article in question.relevant}

    assert len(asked) >= 100
    assert max(asked.values()) == 1
    assert named <= set(ArticlePage.objects.values_list("source_id", flat=True))


def test_nine_of_ten_operators_queries_find_the_article_among_the_first_three(questions, operator):
    at = timezone.now()
    missed = []
    for question in questions:
        found = services.find(viewer=operator, query=question.text, at=at, limit=3)
        if question.relevant.isdisjoint(result.article.source_id for result in found.results):
            missed.append(question.text)

    assert len(missed) <= len(questions) * 0.1, missed
