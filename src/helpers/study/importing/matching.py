"""Match what an export calls things to what the study calls them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from helpers.study.contract import unknown_code
from helpers.study.definition import Questionnaire, Study
from helpers.study.files.spelling import normalise
from helpers.study.importing.layouts import Column, Table

COUNCIL, DROP, COMMENTS = "council", "drop", "comments_"  # uses of a column beside the questions'
SAMPLE = 1000  # rows by which the column of councils is found


def comment_themes(study: Study) -> list[str]:
    """Return the themes on which people were asked for their own words."""
    return list(study.questionnaire.comments)


def unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what each normalised text stands for; one that stands for two is left out."""
    found = defaultdict(set)
    for text, meaning in pairs:
        found[normalise(text)].add(meaning)
    return {text: meanings.pop() for text, meanings in found.items() if len(meanings) == 1 and text}


class Uses:
    """What a column may be used for: the questionnaire's statements and comments."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        asked, themes = questionnaire.statements, questionnaire.comments
        self.by_code = unambiguous(
            [(code, code) for code in asked] + [(COMMENTS + key, COMMENTS + key) for key in themes]
        )
        self.by_text = unambiguous(
            [(text, code) for code, found in asked.items() for text in found.text.values()]
            + [(text, COMMENTS + key) for key, texts in themes.items() for text in texts.values()]
        )

    def of(self, column: Column) -> set[str]:
        """Return the uses that the column's code and its text lead to: one, if they agree."""
        codes = {self.by_code.get(normalise(code)) for code in column.codes}
        texts = {self.by_text.get(normalise(text)) for text in column.texts}
        return {use for use in codes | texts if use}


def answers_of(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the point of the scale that each normalised spelling stands for."""
    spellings = [(key, key) for key in questionnaire.scale]
    spellings += [(key.replace("_", " "), key) for key in questionnaire.scale]
    for key, texts in questionnaire.scale.items():
        spellings += [(text, key) for text in texts.values()]
        spellings += [(text, key) for text in questionnaire.synonyms.get(key, [])]
    return unambiguous(spellings)


def councils_of(study: Study) -> dict[str, str]:
    """Return the slug that each normalised name, form of a name or code stands for."""
    return unambiguous(
        (text, slug)
        for slug, council in study.councils.items()
        for text in (
            *(slug, slug.replace("-", " "), council.gss_code),
            *council.name.values(),
            *council.official_name.values(),
            *council.mutated_forms,
        )
    )


def retired_hint(text: str, study: Study) -> str:
    """Say which code replaced a retired one; '' where the text is none."""
    units, code = study.about.units, text.strip().upper()
    return unknown_code(code, units) if code in units.retired_codes else ""


def council_columns(
    table: Table, columns: Iterable[Column], known: Mapping[str, str]
) -> list[Column]:
    """Return the columns in which at least half of the different texts name a council."""
    sample = table.rows[:SAMPLE]

    def names_councils(column: Column) -> bool:
        texts = {normalise(cells[column.position - 1]) for _, cells in sample} - {""}
        return bool(texts) and 2 * len(texts & known.keys()) >= len(texts)

    return [column for column in columns if names_councils(column)]
