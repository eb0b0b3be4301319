"""Answers that proved themselves in use. No person can be read from it: it holds sums over several."""

from django.db import models


class UsedAnswer(models.Model):
    """What people open or copy for a question. Derived from the log and replaced as a whole."""

    # Its terms in order, one space between: what makes two questions the same.
    question = models.CharField(max_length=400)
    article = models.ForeignKey("kb.ArticlePage", on_delete=models.CASCADE, related_name="+")
    staff = models.BooleanField()
    weight = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "article", "staff"], name="an_answer_is_learned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} → {self.article_id}"
