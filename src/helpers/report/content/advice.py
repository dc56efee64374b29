"""What to aim for, what stands in the way, what to do next, and whom to learn from."""

from fractions import Fraction
from html import escape

from helpers.figures.evaluation import print_expression
from helpers.figures.figure import Figure
from helpers.report.binding.links import figure_link
from helpers.report.binding.markdown import render_markdown, render_phrase
from helpers.report.content.ends import lowest
from helpers.report.content.findings import Findings
from helpers.report.notebook.shown import Shown
from helpers.study.definition import Text


class Advice(Findings):
    """The study's own texts, chosen and filled in by what was found."""

    def introduction(self, theme: str) -> Shown:
        """What good looks like."""
        heading = escape(self.language.label("What good looks like"))
        found = self.study.about.themes[theme].introduction
        text = self._block(self._needed(found, f"introduction to '{theme}'"))
        return Shown(
            f'<div class="good-looks"><h4>{heading}</h4>{text}</div>', self.names.theme(theme)
        )

    def theme_barriers(self, theme: str) -> Shown:
        """What may stand in the way: as the whole study found, and as the answers here suggest."""
        label, names = self.language.label, self.names
        html = f"<h4>{escape(label('What may stand in the way'))}</h4>"
        found = [barrier.text for barrier in self.study.about.barriers if theme in barrier.themes]
        if found:
            lead = label("Found across the whole study ({area}):", area=names.area)
            html += f"<p>{escape(lead)}</p>{self._list(found)}"
        weakest = self._weakest_statements(theme)
        if weakest:
            lead = label(
                "Suggested by the least favourable answers ({council}):", council=self._council
            )
            html += f"<p>{escape(lead)}</p><ul>{''.join(map(self._barrier, weakest))}</ul>"
        return Shown(f'<div class="barriers">{html}</div>', names.theme(theme))

    def next_steps(self, theme: str) -> Shown:
        """What to do next: the theme's recommendations, which are the same for all."""
        label = self.language.label
        heading = escape(label("What to do next"))
        lead = escape(label("The national study recommends to each {unit}:", unit=self.names.unit))
        told = f"<h4>{heading}</h4><p>{lead}</p>{self._recommended(theme)}"
        html = f'<div class="next-steps">{told}</div>'
        return Shown(html, self.names.theme(theme))

    def cases(self, chosen: list[str] | None) -> Shown:
        """Cases to learn from: those chosen, else those that serve the weakest themes."""
        label = self.language.label
        cases = self._needed(self.study.good_practice.cases, "good practice")
        html = []
        for key in self._cases_for_weakest() if chosen is None else chosen:
            case = cases[key]
            themes = "; ".join(self.names.theme(theme) for theme in case.themes)
            html.append(
                f'<article class="case"><h3>{escape(case.title[self.language.code])}</h3>'
                f"{self._block(case.text)}"
                f'<p class="source">{escape(label("Themes: {themes}.", themes=themes))} '
                f"{label('Source: {source}.', source=self.names.quoted(case.source))}</p></article>"
            )
        return Shown("".join(html), "")

    def _phrase(self, text: Text) -> str:
        return render_phrase(text[self.language.code], self._inline)

    def _block(self, text: Text) -> str:
        return render_markdown(text[self.language.code], self._inline)

    def _list(self, items: list[Text]) -> str:
        return "<ul>" + "".join(f"<li>{self._phrase(item)}</li>" for item in items) + "</ul>"

    def _recommended(self, theme: str) -> str:
        found = self.study.about.themes[theme].recommendations
        return self._list(self._needed(found, f"recommendations on '{theme}'"))

    def _inline(self, expression: str) -> str:
        printed = print_expression(expression, self.measures)
        return figure_link(printed.figure.anchor, printed.text)

    def _weakest_statements(self, theme: str) -> list[str]:
        favourable = self._favourable(self.study.statements_of(theme=theme))
        shown = {key: figure for key, figure in favourable.items() if self._hinders(key, figure)}
        return lowest(shown, self.study.about.thresholds.weakest_statements)

    def _hinders(self, question: str, favourable: Figure) -> bool:
        """Say whether an answer may tell of a barrier: what is a strength here does not."""
        most = favourable.value is None or favourable.value > Fraction(1, 2)
        return not most and not self._is_better(question)

    def _is_better(self, question: str) -> bool:
        """Say whether clearly more people agree here than elsewhere, or fewer with a problem."""
        low, high = self.measures.rest_of_area(question).difference or (0.0, 0.0)
        agreeing = self.study.questionnaire.statements[question].favourable == "agree"
        return low > 0 if agreeing else high < 0

    def _barrier(self, question: str) -> str:
        here, area = self.measures.agree(question), self.measures.national(question)
        said = self.language.label(
            "({share} agree; {area}: {other})",
            share=figure_link(here.anchor, here.display),
            area=escape(self.names.area),
            other=figure_link(area.anchor, area.display),
        )
        return f"<li>“{escape(self.names.statement(question))}” {said}</li>"

    def _cases_for_weakest(self) -> list[str]:
        scores = {theme: self.measures.theme_score(theme) for theme in self.study.about.themes}
        known = {theme: score for theme, score in scores.items() if score.value is not None}
        weakest = lowest(known, self.study.about.thresholds.weakest_themes or len(known))
        return [
            key
            for key, case in self.study.good_practice.cases.items()
            if set(case.themes) & set(weakest or scores)
            and self.measures.council not in case.councils
        ]
