"""The columns of a table of questions, by the headings people give them."""

HEADINGS = {
    "id": ("id", "код", "ид"),
    "kind": ("kind", "type", "вид", "тип"),
    "category": ("category", "категория", "раздел"),
    "name": ("name", "название", "имя"),
    "question": ("question", "text", "вопрос", "текст", "текст вопроса"),
    "answers": ("answers", "ответы"),
    "partial": ("partial credit", "частичный балл"),
    "right": ("right", "correct", "верно", "верный ответ", "правильно", "правильный ответ"),
    "wrong": ("wrong", "incorrect", "неверно", "неверный ответ", "неправильный ответ"),
    "explanation": ("explanation", "feedback", "пояснение", "комментарий"),
    "tags": ("tags", "теги", "метки"),
    "competence": ("competence", "компетенция"),
    "level": ("level", "уровень"),
    "article": ("article", "статья"),
}
FACTS = ("competence", "level", "article")
SEVERAL = ("right", "wrong")
WRITTEN = (
    *("id", "kind", "category", "name", "question", "answers", "partial"),
    *("explanation", "tags", *FACTS),
)
YES = frozenset({"yes", "true", "1", "+", "да"})

KIND_WORDS = {
    "one choice": "single",
    "один ответ": "single",
    "один вариант": "single",
    "several choices": "multiple",
    "несколько ответов": "multiple",
    "несколько вариантов": "multiple",
    "true or false": "true_false",
    "верно или неверно": "true_false",
    "да или нет": "true_false",
    "short text": "short",
    "короткий текст": "short",
    "number": "numeric",
    "число": "numeric",
    "steps in order": "ordering",
    "шаги по порядку": "ordering",
    "порядок": "ordering",
    "соответствие": "matching",
    "text with gaps": "gap",
    "текст с пропусками": "gap",
    "find it in the base": "find",
    "найти в базе": "find",
    "mark the mistake": "mark",
    "отметить ошибку": "mark",
    "classify the ticket": "classify",
    "классифицировать заявку": "classify",
    "judge the situation": "situational",
    "оценить ситуацию": "situational",
    "open answer": "open",
    "essay": "open",
    "открытый ответ": "open",
    "развёрнутый ответ": "open",
    "развернутый ответ": "open",
    "эссе": "open",
}


def column_of(heading: str) -> str | None:
    """The column that ``heading`` names; ``wrong 2`` is another of the wrong answers."""
    plain = " ".join(heading.casefold().replace("ё", "е").split()).rstrip(" 0123456789")
    for column, headings in HEADINGS.items():
        if plain in headings:
            return column
    return None
