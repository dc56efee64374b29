"""Find the names of other councils in what is written of one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from helpers.report.binding.blocks import Place
from helpers.report.binding.prose import read_prose, whole_words
from helpers.study.definition import Council, Study
from helpers.study.files.spelling import spaced


@dataclass(frozen=True)
class Mention:
    """A council's name in a text, in whatever language or form it is written."""

    written: str
    council: str
    place: Place

    def explain(self, study: Study) -> str:
        """Say what is wrong and what to do."""
        one = study.about.units.one[study.about.languages[0]]
        return (
            f"names '{self.written}', another {one}; "
            f"list '{self.council}' under 'mentions', or leave the name out"
        )


def find_mentions(text: str, study: Study, allowed: Collection[str]) -> Iterator[Mention]:
    """Find each name of a council that is not `allowed`, in any language; as it is read.

    Finds none in a study whose names are words of the language as well.
    """
    if not study.about.units.proper_names:
        return
    owners = {
        spaced(name): slug for slug, council in study.councils.items() for name in _names(council)
    }
    pattern = whole_words(tuple(owners))
    for reading in read_prose(text):
        for found in pattern.finditer(reading.text):
            slug = owners[spaced(found[0])]
            if slug not in allowed:
                yield Mention(" ".join(found[0].split()), slug, reading.place(found.start()))


def _names(council: Council) -> set[str]:
    return {*council.name.values(), *council.official_name.values(), *council.mutated_forms}
