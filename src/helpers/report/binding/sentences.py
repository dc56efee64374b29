"""Sentences: what each of an auditor's sentences prints, and what the data does not bear out."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from helpers.errors import FalseClaim, FigureHidden, Problem, WorkbookError
from helpers.figures.evaluation import print_expression, printed_form
from helpers.figures.expressions import parse
from helpers.figures.measures import Measures
from helpers.report.binding.blocks import Block, Place, is_figure, read_blocks
from helpers.report.binding.prose import FIGURE
from helpers.study.parameters import ParameterFile

_END = re.compile(r"(?<=[.!?])[”\"')]*\s+")


@dataclass(frozen=True)
class Sentence:
    """One sentence with figures: FIGURE stands in `text` for each, whose place is in `figures`."""

    text: str
    figures: tuple[tuple[str, Place], ...]

    def read(self, show: Callable[[str], str]) -> str:
        """Return the sentence as it is read; `show` says what an expression prints."""
        shown = (show(expression) for expression, _ in self.figures)
        return re.sub(FIGURE, lambda _: next(shown), self.text)


@dataclass(frozen=True)
class Weighed:
    """A sentence of a council's own text, and what each of its expressions prints or why not."""

    section: str
    language: str
    sentence: Sentence
    first: Place
    printed: dict[str, str]
    refused: dict[str, WorkbookError]

    @property
    def text(self) -> str:
        """The sentence as it is read; what cannot be printed stands in brackets."""
        return self.sentence.read(self._shown)

    def _shown(self, expression: str) -> str:
        written = parse(expression).form or expression
        return self.printed.get(expression, f"[{written}]")


def find_sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a Markdown text that have figures."""
    for block in read_blocks(text):
        figures = iter(
            (piece.content, block.place(start)) for piece, start in block.pieces if is_figure(piece)
        )
        for sentence in _END.split("".join(_signs(block))):
            found = tuple(next(figures) for _ in range(sentence.count(FIGURE)))
            if found:
                yield Sentence(sentence.strip(), found)


def _signs(block: Block) -> Iterator[str]:
    for piece, _ in block.pieces:
        if is_figure(piece):
            yield FIGURE
        elif piece.type in ("softbreak", "hardbreak"):
            yield " "
        else:
            yield piece.content.replace(FIGURE, "")  # a word processor leaves such signs behind


def weigh(file: ParameterFile, measures: Mapping[str, Measures]) -> Iterator[Weighed]:
    """Evaluate every sentence of a council's narrative and reasons, which hold no unknown name.

    `measures` are the council's, by language.
    """
    for section, keys, text in _own_texts(file):
        code = keys[-1]
        for sentence in find_sentences(text):
            printed, refused = dict[str, str](), dict[str, WorkbookError]()
            for expression, _ in sentence.figures:
                try:
                    printed[expression] = print_expression(expression, measures[code]).text
                except (FigureHidden, FalseClaim) as error:
                    refused[expression] = error
            first = file.text_place(*keys)
            yield Weighed(section, code, sentence, first, printed, refused)


def _own_texts(file: ParameterFile) -> Iterator[tuple[str, tuple[str, ...], str]]:
    made = file.parameters.editions
    for theme, texts in file.parameters.narrative.items():
        yield from ((theme, ("narrative", theme, code), texts.get(code, "")) for code in made)
    for key, judgement in file.parameters.judgements.items():
        where = ("judgements", key, "reason")
        name = f"judgement on {key}"
        yield from ((name, (*where, code), judgement.reason[code]) for code in made)


def refusals(file: ParameterFile, weighed: Weighed) -> Iterator[Problem]:
    """Say at their place which figures of a sentence cannot be printed, and why."""
    for expression, place in weighed.sentence.figures:
        if expression in weighed.refused:
            line, column = weighed.first[0] + place[0] - 1, weighed.first[1] + place[1] - 1
            message = f"{weighed.refused[expression].message}; the sentence: “{weighed.text}”"
            yield Problem(file.name, line, column, message)


def changes(weighed: Weighed, before: Mapping[str, str]) -> list[str]:
    """Say what of a sentence differs from what its figures printed before, by printed form."""
    found = []
    for expression, _ in weighed.sentence.figures:
        old, new = before.get(printed_form(expression)), weighed.printed.get(expression)
        if old is None or old == new:
            continue
        if new is not None:
            found.append(f"{old} → {new}")
        elif isinstance(weighed.refused.get(expression), FalseClaim):
            found.append(f"'{old}' no longer holds")
        else:
            found.append(f"{old} is hidden now")
    return list(dict.fromkeys(found))
