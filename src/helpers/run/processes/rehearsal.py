"""What a process does once, however much it makes: the warm parent does it for all its forks.

It reads the study, of which a fork knows by their digests whether its own files are the same, draws
one chart, reads the labels, finds what is installed to start kernels, and gets ready to check words
and notebooks and to render pages.
Nothing of it depends on what is made after it, and nothing of it can be told from what a new
process has.
"""

import os
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbformat.validator import get_validator

from helpers.errors import WorkbookError
from helpers.figures.figure import Figure
from helpers.report.binding.mentions import find_mentions
from helpers.report.binding.texts import check_prose
from helpers.report.charts import bars
from helpers.report.languages.language import Language
from helpers.report.pages.frame import compile_templates
from helpers.run.processes.warm import WORKBOOK
from helpers.study.reading import read_study

NOTEBOOK = (4, 5)  # the version of the format in which notebooks are run


def rehearse(workbook: Path) -> None:
    """Do once what each fork would do; of a study that cannot be read others tell."""
    compile_templates()
    KernelProvisionerFactory.instance()
    for lenient in (False, True):
        get_validator(*NOTEBOOK, relax_add_props=lenient)
    figure = Figure("", "", "share", Fraction(1, 2), "illustrative", "")
    bars.agreement_chart(
        "rehearsal", [("", [figure])], [""], not_asked="", title="", description=""
    )
    with suppress(WorkbookError):
        study = read_study(workbook)
        for code in study.about.languages:
            Language(code).label("Contents")
            Language(code).number(1)
            list(check_prose("Rehearsal", study, code, ""))
        list(find_mentions("Rehearsal", study, []))


if workbook := os.environ.pop(WORKBOOK, ""):
    rehearse(Path(workbook))
