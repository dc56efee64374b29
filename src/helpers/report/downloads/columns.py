"""The columns of figures.csv: what each holds, for the file itself and for its description."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.report.languages.language import Language

ONCE = {"required": True}
SHARE = {"minimum": -1, "maximum": 1}  # a difference of two shares may be below zero
PEOPLE = {"minimum": 0}

# In each language of the study, the language's code stands at the end of the name.
DESCRIPTIONS = {
    "council": "Whose report the figure stands in",
    "figure": "The call that makes the figure: its identity, the same in each language",
    "statistic": "The measure that was called",
    "kind": "A share, a count, a level, or a difference between shares",
    "question": "Code of the statement; empty where the figure is of no statement",
    "group": "Code of the group or data tool; empty where the figure is of no group",
    "meaning": "What the figure counts",
    "group_name": "Name of the group",
    "statement": "The statement that people were asked about",
    "display": "How the report prints the figure",
    "value": "The number, unrounded; shares as proportions, not percentages",
    "count": "How many people the share counts",
    "base": "How many people the share is of",
    "base_lowest": "Where words stand for the number: the lowest base that it may have",
    "base_highest": "Where words stand for the number: the highest base that it may have",
    "population": "How many people could have been in the base; empty where this is not known",
    "ci_lower": "Where the confidence interval starts",
    "ci_upper": "Where the confidence interval ends",
    "difference_ci_lower": "Where the interval of the council's share, less this share, starts",
    "difference_ci_upper": "Where the interval of the council's share, less this share, ends",
    "rank_above": "How many others stand above this number",
    "rank_level": "How many others stand level with it",
    "rank_of": "How many are ranked, this council included",
    "level_computed": "The level as computed, where an auditor's judgement stands instead",
    "suppressed": "Whether the number is kept back, as too few people answered",
    "provenance": "Whether the figure is published or illustrative",
    "source": "Where the figure comes from",
}
BY_LANGUAGE = ("meaning", "group_name", "statement", "display")
RULES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "council": ("string", ONCE),
    "figure": ("string", ONCE | {"unique": True}),
    "statistic": ("string", ONCE),
    "kind": ("string", ONCE | {"enum": ["share", "count", "level", "difference"]}),
    "meaning": ("string", ONCE),
    "display": ("string", ONCE),
    "value": ("number", {}),
    "count": ("integer", PEOPLE),
    "base": ("integer", PEOPLE),
    "base_lowest": ("integer", PEOPLE),
    "base_highest": ("integer", PEOPLE),
    "population": ("integer", PEOPLE),
    "ci_lower": ("number", SHARE),
    "ci_upper": ("number", SHARE),
    "difference_ci_lower": ("number", SHARE),
    "difference_ci_upper": ("number", SHARE),
    "rank_above": ("integer", PEOPLE),
    "rank_level": ("integer", PEOPLE),
    "rank_of": ("integer", PEOPLE),
    "level_computed": ("integer", PEOPLE),
    "suppressed": ("boolean", ONCE),
    "provenance": ("string", ONCE | {"enum": ["published", "illustrative"]}),
    "source": ("string", ONCE),
}


@dataclass(frozen=True)
class Column:
    """A column: what it is called and holds, the type of its cells and what they must be."""

    name: str
    key: str
    type: str = "string"
    constraints: Mapping[str, Any] = field(default_factory=dict)

    def description(self, language: Language) -> str:
        """What the column holds, in a language."""
        return language.label(DESCRIPTIONS[self.key])


def columns(languages: Iterable[str]) -> list[Column]:
    """Return the columns of figures.csv in order; texts have one for each language."""
    return [
        Column(name, key, *RULES.get(key, ("string", {}))) for key, name in _names(list(languages))
    ]


def _names(languages: list[str]) -> Iterator[tuple[str, str]]:
    for key in DESCRIPTIONS:
        if key not in BY_LANGUAGE:
            yield key, key
        elif key == BY_LANGUAGE[0]:
            yield from ((text, f"{text}_{code}") for text in BY_LANGUAGE for code in languages)
