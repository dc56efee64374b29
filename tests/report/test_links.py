"""A link to a figure holds what was written as text, whoever wrote it."""

import pytest

from helpers.report.binding.links import Uses, evidence_link, figure_link, text

WRITTEN = "a\"<b> & 'c'"
ESCAPED = "a&quot;&lt;b&gt; &amp; &#x27;c&#x27;"


@pytest.mark.parametrize(("link", "kind"), [(figure_link, "figure"), (evidence_link, "evidence")])
def test_a_link_escapes_the_row_and_the_words(link, kind):
    made = link(WRITTEN, WRITTEN)
    assert made == f'<a class="{kind}-link" href="#{ESCAPED}">{ESCAPED}</a>'


def test_words_between_tags_keep_their_quotation_marks():
    assert text(WRITTEN) == "a\"&lt;b&gt; &amp; 'c'"


def test_ways_back_escape_the_section_and_what_holds_the_link():
    uses = Uses()
    marked = uses.mark(figure_link("row", "1%"), "A & B", "<i>")
    assert marked == '<a class="figure-link" id="use-1" href="#row">1%</a>'
    told = uses.lead_back('<tr id="row"><td><span></span></td></tr>')
    back = '<a class="use-link" href="#use-1">&lt;i&gt;</a>'
    assert told == f'<tr id="row"><td>A &amp; B: {back}</td></tr>'
