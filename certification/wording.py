"""What certification says of kinds, of questions that cannot be, of answers that are none, and of campaigns."""

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from certification.kinds import KINDS, Malformed, NotAnAnswer
from certification.rules.campaigns import Unplaced
from certification.rules.duties import Standing
from certification.rules.items import LEAST_PEOPLE, Flag, Weakness
from certification.rules.limits import Remark
from certification.rules.rubrics import Fault

KIND_NAMES = {
    "single": gettext_lazy("One choice"),
    "multiple": gettext_lazy("Several choices"),
    "true_false": gettext_lazy("True or false"),
    "short": gettext_lazy("Short text"),
    "numeric": gettext_lazy("A number"),
    "ordering": gettext_lazy("Steps in order"),
    "matching": gettext_lazy("Matching"),
    "gap": gettext_lazy("Text with gaps"),
    "find": gettext_lazy("Find it in the base"),
    "mark": gettext_lazy("Mark the mistake"),
    "classify": gettext_lazy("Classify the ticket"),
    "situational": gettext_lazy("Judge the situation"),
    "open": gettext_lazy("Open answer"),
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
    "ordering": gettext_lazy("A line for each step, in the right order."),
    "matching": gettext_lazy(
        "A line for each pair: left -> right. What belongs to nothing: -> text."
    ),
    "gap": gettext_lazy(
        "The text with its gaps in braces: {+right | wrong} to choose, {=word | another} to type, "
        "{#30 ± 2} for a number."
    ),
    "find": gettext_lazy("A line for each article that answers: its address, a space, its title."),
    "mark": gettext_lazy(
        "The conversation line by line; ! before each line in which the mistake is made."
    ),
    "classify": gettext_lazy(
        "A line for each field of the ticket: Category: +Billing | Network | Access."
    ),
    "situational": gettext_lazy(
        "A line for each choice, what it is worth in percent before it: 100 for the best, less for the others."
    ),
    "open": gettext_lazy(
        "The rubric: a line for each criterion with its points, # Asks who is calling: 2; below it what earns how "
        "many, all of them at least, 2 = asks for the code word. After a line --- the model answer. An assessor sees "
        "both, whoever takes the test only once it is judged, if the test shows what was right."
    ),
}

# What a person is told of the form of an answer.
ASKED = {
    "single": gettext_lazy("One answer"),
    "multiple": gettext_lazy("One or more answers"),
    "true_false": gettext_lazy("True or not"),
    "short": gettext_lazy("A word or a few"),
    "numeric": gettext_lazy("A number"),
    "ordering": gettext_lazy("The right order"),
    "matching": gettext_lazy("What belongs to what"),
    "gap": gettext_lazy("Fill in the gaps"),
    "find": gettext_lazy("The address or the title of the article"),
    "mark": gettext_lazy("The lines with the mistake"),
    "classify": gettext_lazy("A value for each field"),
    "situational": gettext_lazy("The best thing to do"),
    "open": gettext_lazy("In your own words: an assessor reads it"),
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
    "two_to_twenty_steps": gettext_lazy("A question has two to twenty steps."),
    "step_without_text": gettext_lazy("A step needs a text of at most 500 characters."),
    "step_twice": gettext_lazy("The same step stands there twice."),
    "two_to_twenty_pairs": gettext_lazy("A question has two to twenty pairs."),
    "pair_needs_an_arrow": gettext_lazy("A pair is written as left -> right."),
    "pair_without_text": gettext_lazy(
        "Each side of a pair needs a text of at most 500 characters."
    ),
    "arrow_in_a_text": gettext_lazy("The left side of a pair cannot contain an arrow."),
    "left_twice": gettext_lazy("The same left side stands there twice."),
    "two_right_sides": gettext_lazy("There must be two right sides to choose from."),
    "extra_twice": gettext_lazy("What belongs to nothing stands there twice, or in a pair."),
    "a_passage": gettext_lazy("Write a text of at most 4000 characters."),
    "braces_do_not_match": gettext_lazy("The braces { and } do not match."),
    "places_are_numbered_by_us": gettext_lazy("A gap is written in braces, not as [[1]]."),
    "one_to_twenty_gaps": gettext_lazy("A text has one to twenty gaps."),
    "a_gap": gettext_lazy("A gap is a list, words or a number."),
    "one_right_entry": gettext_lazy("Exactly one entry of a list begins with +."),
    "two_to_twenty_entries": gettext_lazy("A list has two to twenty entries."),
    "entry_without_text": gettext_lazy("An entry of a list needs a text."),
    "entry_twice": gettext_lazy("The same entry stands twice in a list."),
    "sign_of_the_notation": gettext_lazy(
        "An entry cannot contain | { or }, nor begin with + = or #."
    ),
    "one_to_eight_fields": gettext_lazy("A ticket has one to eight fields."),
    "field_needs_a_name": gettext_lazy("A field is written as a name, a colon and its values."),
    "two_to_sixty_lines": gettext_lazy("A conversation has two to sixty lines."),
    "line_without_text": gettext_lazy("A line needs a text of at most 500 characters."),
    "line_with_a_sign": gettext_lazy("A line cannot begin with more than one !."),
    "a_mistake_and_a_right_line": gettext_lazy(
        "At least one line is a mistake, and at least one is not."
    ),
    "an_address": gettext_lazy("Write the address of an article, such as /kb/tariffs/."),
    "choice_needs_a_worth": gettext_lazy("A choice begins with what it is worth: 0 to 100."),
    "worth_from_best_to_less": gettext_lazy("The best choice is worth 100, another one less."),
    "worth_in_degrees": gettext_lazy(
        "A second choice must be worth something; else it is a question with one right choice."
    ),
    "criterion_or_anchor": gettext_lazy(
        "Write a criterion, # text: points, or below one what earns how much, 2 = text. Then --- and the model answer."
    ),
    "one_to_six_criteria": gettext_lazy("A rubric has one to six criteria."),
    "criterion_without_text": gettext_lazy("A criterion needs a text of at most 200 characters."),
    "criterion_twice": gettext_lazy("The same criterion stands there twice."),
    "one_to_five_points": gettext_lazy("A criterion has one to five points."),
    "an_anchor_for_full_points": gettext_lazy("Say of each criterion what earns all its points."),
    "anchor_without_text": gettext_lazy(
        "What earns points needs a text of at most 300 characters."
    ),
    "anchor_beyond_points": gettext_lazy("The criterion has fewer points than that."),
    "anchor_twice": gettext_lazy("The same number of points is explained twice."),
    "a_model_answer": gettext_lazy(
        "After the line --- write a model answer of at most 4000 characters."
    ),
}

# What an author is told of a blueprint.
REMARKS = {
    Remark.NO_LINES: gettext_lazy("A test asks about at least one competence."),
    Remark.TOO_MANY_COMPETENCES: gettext_lazy("A test asks about at most six competences."),
    Remark.TOO_MANY_QUESTIONS: gettext_lazy("A test asks at most 30 questions."),
    Remark.TOO_MANY_MINUTES: gettext_lazy("A test takes at most 40 minutes."),
    Remark.COMPETENCE_TWICE: gettext_lazy("A competence stands there twice."),
    Remark.NO_EVIDENCE: gettext_lazy(
        "Fewer than five questions of a competence: the test gives no evidence for it."
    ),
    Remark.A_RACE: gettext_lazy("Less than 40 seconds a question: the test is a race."),
}

NOT_AN_ANSWER = {
    "one_answer": gettext_lazy("One answer, not several."),
    "not_a_text": gettext_lazy("The answer is a text."),
    "too_long": gettext_lazy("The answer is longer than 500 characters."),
    "longer_than_two_pages": gettext_lazy("The answer is longer than 4000 characters."),
    "unknown_choice": gettext_lazy("There is no such choice."),
    "not_a_number": gettext_lazy("Write a number."),
    "step_at_two_places": gettext_lazy("A step stands at two places."),
    "more_than_fields": gettext_lazy("There are more answers than fields."),
}


# Why the marks of an assessor are none.
FAULTS = {
    Fault.MISSING: gettext_lazy("Choose the points."),
    Fault.BEYOND: gettext_lazy("The criterion has fewer points than that."),
    Fault.UNEXPLAINED: gettext_lazy("Say what was missing."),
    Fault.TOO_LONG: gettext_lazy("Say it in at most 500 characters."),
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


def fault_words(fault: Fault, place: int) -> str:
    """What is wrong with a mark, with the number of its criterion."""
    return gettext("Criterion %(n)d: %(said)s") % {"n": place + 1, "said": FAULTS[fault]}


def not_an_answer_words(error: NotAnAnswer) -> str:
    """Why what came is no answer."""
    return str(NOT_AN_ANSWER[error.code])


# Why somebody should look at a question, in a word or two.
WEAKNESS_NAMES = {
    Weakness.NEGATIVE: gettext_lazy("negative discrimination"),
    Weakness.BEATS_KEY: gettext_lazy("a distractor beats the key"),
    Weakness.TOO_HARD: gettext_lazy("too hard"),
    Weakness.TOO_EASY: gettext_lazy("too easy"),
    Weakness.DEAD: gettext_lazy("a dead distractor"),
}

# The same as a sentence for the author.
WEAKNESSES = {
    Weakness.NEGATIVE: gettext_lazy(
        "Who is better at the rest of the test misses this one more often: the key may be wrong, or the words mislead."
    ),
    Weakness.BEATS_KEY: gettext_lazy(
        "“%(option)s” is chosen more often than what is right: check the key first."
    ),
    Weakness.TOO_HARD: gettext_lazy(
        "Too hard: fewer than 30 %% of the points are earned. Is it taught anywhere?"
    ),
    Weakness.TOO_EASY: gettext_lazy(
        "Too easy: more than 95 %% of the points are earned, so it tells nobody apart."
    ),
    Weakness.DEAD: gettext_lazy(
        "“%(option)s” misleads hardly anybody: another choice would tell more."
    ),
}


def flag_words(flag: Flag) -> str:
    """Why somebody should look at a question, as a sentence."""
    option = {"true": gettext("True"), "false": gettext("Not true")}.get(flag.option, flag.option)
    return str(WEAKNESSES[flag.weakness]) % {"option": option}


def not_enough_words(people: int) -> str:
    """That too few people answered to say anything."""
    return gettext("Not enough data: %(people)d of the %(least)d people it takes.") % {
        "people": people,
        "least": LEAST_PEOPLE,
    }


UNPLACED = {
    Unplaced.NEW_HERE: gettext_lazy(
        "hired less than three months before it: comes with the next one"
    ),
    Unplaced.CALLED_ALREADY: gettext_lazy("is called in this half-year already"),
    Unplaced.AWAY: gettext_lazy("does not work on any day of it"),
    Unplaced.NO_ROOM: gettext_lazy("no day is left within the share"),
}

STANDINGS = {
    Standing.LATE: pgettext_lazy("recertification", "Late"),
    Standing.FAILED: pgettext_lazy("recertification", "Not passed"),
    Standing.WAITING: pgettext_lazy("recertification", "Waiting"),
    Standing.ON_LEAVE: pgettext_lazy("recertification", "On leave"),
    Standing.PASSED: pgettext_lazy("recertification", "Passed"),
}


def length_words(minutes: int) -> str:
    """So many minutes of work in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)s h") % {"hours": hours}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
