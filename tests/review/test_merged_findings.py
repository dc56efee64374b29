"""Findings are merged to one a difference, and told in what a page can hold."""

from helpers.review.findings import Finding, merge


def test_the_same_in_two_files_is_one_finding_in_the_order_of_checks():
    one = Finding("sense", "torfaen/report.en.html", "differs")
    other = Finding("seal", "torfaen/report.cy.html", "missing")
    same = Finding("sense", "torfaen/report.cy.html", "differs")
    both = Finding("sense", "torfaen/report.en.html, torfaen/report.cy.html", "differs")
    assert merge([one, other, same, one]) == [other, both]


def test_half_a_sign_is_written_out():
    """A name of bytes that are no UTF-8 reaches Python as half a sign, which no page can hold."""
    [found] = merge([Finding("seal", "torfaen/\udcff.txt", "cells '\ud83d' differ")])
    assert (found.file, found.told) == (r"torfaen/\udcff.txt", r"cells '\ud83d' differ")
