"""Refuse who asks for a council or an edition that there is not."""

from collections.abc import Collection

from helpers.errors import UsageError, expected
from helpers.study.definition import Study


def check_council(council: str, given: Collection[str], study: Study) -> None:
    """Raise UsageError unless a council is one of those with a parameter file."""
    if council not in given:
        one = study.about.units.one[study.about.languages[0]]
        raise UsageError(f"no {one} '{council}' in params/; {expected(council, given)}")


def check_edition(edition: str, study: Study) -> None:
    """Raise UsageError unless the study has a language."""
    languages = study.about.languages
    if edition not in languages:
        raise UsageError(f"unknown edition '{edition}'; {expected(edition, languages)}")


def check_asked(council: str, edition: str, editions: Collection[str]) -> None:
    """Raise UsageError unless an edition is one of those that a council has."""
    if edition not in editions:
        hint = expected(edition, editions)
        raise UsageError(f"'{council}' has no edition '{edition}'; {hint}")
