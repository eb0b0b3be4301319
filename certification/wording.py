"""What certification says of kinds, of questions that cannot be, and of answers that are none."""

from django.utils.translation import gettext, gettext_lazy

from certification.kinds import KINDS, Malformed, NotAnAnswer

KIND_NAMES = {
    "single": gettext_lazy("One choice"),
    "multiple": gettext_lazy("Several choices"),
    "true_false": gettext_lazy("True or false"),
    "short": gettext_lazy("Short text"),
    "numeric": gettext_lazy("Number"),
}

# What an author writes as the answers of a question of each kind.
NOTATIONS = {
    "single": gettext_lazy(
        "A line for each choice: the right one begins with +, the others with -."
    ),
    "multiple": gettext_lazy("A line for each choice: right ones begin with +, the others with -."),
    "true_false": gettext_lazy("+ if the statement is true, - if it is not."),
    "short": gettext_lazy("A line for each accepted answer. Word forms and case do not matter."),
    "numeric": gettext_lazy("A number, or with what it may be off by: 30 ± 2, or 28..32."),
}

# What a person is told of the form of an answer.
ASKED = {
    "single": gettext_lazy("One answer"),
    "multiple": gettext_lazy("One or more answers"),
    "true_false": gettext_lazy("True or not"),
    "short": gettext_lazy("A word or a few"),
    "numeric": gettext_lazy("A number"),
}

MALFORMED = {
    "choice_needs_a_sign": gettext_lazy("A choice begins with + or -."),
    "two_to_twenty_choices": gettext_lazy("A question has two to twenty choices."),
    "choice_without_text": gettext_lazy("A choice needs a text of at most 500 characters."),
    "choice_twice": gettext_lazy("The same choice stands there twice."),
    "one_right_choice": gettext_lazy("Exactly one choice is right."),
    "a_right_choice": gettext_lazy("At least one choice is right."),
    "true_or_false": gettext_lazy("Write + or -."),
    "an_accepted_answer": gettext_lazy("Write one to twenty accepted answers."),
    "accepted_answer_without_words": gettext_lazy("An accepted answer needs a word or a number."),
    "a_number": gettext_lazy("Write a number: 30, or 30 ± 2, or 28..32."),
}

NOT_AN_ANSWER = {
    "one_answer": gettext_lazy("One answer, not several."),
    "not_a_text": gettext_lazy("The answer is a text."),
    "too_long": gettext_lazy("The answer is longer than 500 characters."),
    "unknown_choice": gettext_lazy("There is no such choice."),
    "not_a_number": gettext_lazy("Write a number."),
}


def kind_choices() -> list[tuple[str, str]]:
    """The kinds with their names, in the order of the registry; a callable, so that a kind needs no migration."""
    return [(name, KIND_NAMES[name]) for name in KINDS]


def malformed_words(error: Malformed) -> str:
    """Why a question cannot be like this."""
    said = str(MALFORMED[error.code])
    if error.line is None:
        return said
    return gettext("Line %(line)d: %(said)s") % {"line": error.line, "said": said}


def not_an_answer_words(error: NotAnAnswer) -> str:
    """Why what came is no answer."""
    return str(NOT_AN_ANSWER[error.code])
