"""The level of a characteristic, by the rule in the study file; and the score of a theme."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import pandas as pd

from helpers.figures.estimates import mean, share
from helpers.study.definition import TOTAL, Study

LEVELS: tuple[Literal[1, 2, 3], ...] = (1, 2, 3)
Cells = Mapping[tuple[str, str], Mapping[str, object]]  # (group, question) to a decided cell


def favourable_shares(study: Study, cells: Cells, questions: list[str]) -> list[Fraction]:
    """Return the share of each shown statement's respondents who speak well of the council."""
    shares = []
    for question in questions:
        cell = cells[TOTAL, question]
        if not cell["suppressed"]:
            side = study.questionnaire.statements[question].favourable
            shares.append(share(int(str(cell[side])), int(str(cell["base"]))))
    return shares


def theme_score(study: Study, cells: Cells, theme: str) -> Fraction | None:
    """Return the mean favourable share (0 to 1) of a theme; None unless all of it is shown."""
    questions = study.statements_of(theme=theme)
    shares = favourable_shares(study, cells, questions)
    return mean(shares) if shares and len(shares) == len(questions) else None


def computed_level(study: Study, cells: Cells, characteristic: str) -> int | None:
    """Return level 1 to 3 from the mean favourable share of the characteristic's statements.

    None, "not assessed", when fewer statements are shown than the rule asks for, or there is none.
    """
    rule = study.about.maturity_rule
    shares = favourable_shares(study, cells, study.statements_of(characteristic=characteristic))
    if rule is None or len(shares) < rule.minimum_statements:
        return None
    value = mean(shares)
    bounds = (rule.level_2_from, rule.level_3_from)
    return 1 + sum(value >= Fraction(str(bound)) for bound in bounds)


def as_cells(decided: pd.DataFrame) -> Cells:
    """Return one council's decided frame (index group, question) as plain look-ups."""
    cells: Cells = decided.to_dict("index")
    return cells
