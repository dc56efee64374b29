"""What nobody has reviewed is counted on the page; an edit of a text or a translation voids it."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from helpers.errors import CheckFailed
from helpers.report.languages.language import Language
from helpers.report.notebook.narrative import edition_of, prepare_notebook
from helpers.report.notebook.reviews import (
    REVIEWED,
    Progress,
    Review,
    check_reviews,
    find_unreviewed,
    measure_progress,
    read_reviews,
    review_bytes,
    tell_progress,
)
from helpers.report.notebook.template import COUNCIL_REPORT
from helpers.report.notebook.translations import (
    Translated,
    cells_in,
    labels_in,
    parameters_in,
    study_in,
)
from helpers.study.parameters import read_parameter_file
from helpers.study.reading import read_study

HEADER = "language,digest,place,by,on\n"
RISK = Translated("data/study/study.yaml", "barriers.0.text.cy", ("Risk.",), ("Risg.",))
SAME = Translated("data/study/study.yaml", "barriers.1.text.cy", ("Risk.",), ("Risg.",))
OLDER = Translated("data/study/study.yaml", "barriers.0.text.cy", ("A risk.",), ("Risg.",))
OTHER = Translated("data/study/study.yaml", "barriers.0.text.cy", ("Risk.",), ("Perygl.",))


def write(workbook: Path, *rows: str) -> Path:
    path = workbook / REVIEWED
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return workbook


def test_a_digest_is_of_both_texts_as_another_tool_computes_it():
    # printf '[["Risk."], ["Risg."]]' | sha256sum
    assert RISK.digest == "4acd92fb1680"
    assert SAME.digest == RISK.digest
    assert len({RISK.digest, OLDER.digest, OTHER.digest}) == 3


def test_nothing_is_reviewed_where_there_is_no_record(tmp_path: Path):
    assert read_reviews(tmp_path) == []
    assert measure_progress([RISK, SAME, OTHER], tmp_path, "cy") == Progress(2, 2)


def test_a_review_holds_for_its_language_until_either_text_is_edited(tmp_path: Path):
    write(tmp_path, f"cy,{RISK.digest},somewhere,Someone,2026-01-31")
    assert find_unreviewed([RISK, SAME], tmp_path, "cy") == {}
    assert list(find_unreviewed([OLDER, OTHER], tmp_path, "cy").values()) == [OLDER, OTHER]
    assert list(find_unreviewed([RISK], tmp_path, "ga").values()) == [RISK]
    assert measure_progress([RISK, OTHER], tmp_path, "cy") == Progress(1, 2)


def test_a_page_says_how_many_until_all_are_reviewed():
    assert tell_progress(Progress(0, 9), Language("cy")) == []
    (english,) = tell_progress(Progress(1, 9), Language("en"))
    assert english == (
        "This is a translation: 1 of the 9 texts that it draws on has not "
        "yet been reviewed by a qualified translator."
    )
    (welsh,) = tell_progress(Progress(2, 9), Language("cy"))
    assert "2 destun, allan o'r 9 y mae'n tynnu arnynt," in welsh


def test_the_record_is_written_as_it_is_read(tmp_path: Path):
    review = Review("cy", RISK.digest, "here#a,b", 'Ann "Nan", MCIL', "2026-01-31")
    write(tmp_path)
    (tmp_path / REVIEWED).write_bytes(review_bytes([review]))
    assert read_reviews(tmp_path) == [review]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("fr,0123456789ab,x,Ann,2026-01-31", "2:1: unknown language 'fr'; expected 'cy'"),
        ("en,0123456789ab,x,Ann,2026-01-31", "2:1: unknown language 'en'; expected 'cy'"),
        (
            "cy,0123,x,Ann,2026-01-31",
            "2:2: '0123' is no digest; let 'workbook translations' record reviews",
        ),
        (
            "cy,0123456789ab,x, ,2026-01-31",
            "2:4: nobody is named; expected who reviewed the text",
        ),
        ("cy,0123456789ab,x,Ann,31/1/26", "2:5: '31/1/26' is no day; expected such as 2026-01-31"),
        (
            "cy,0123456789ab,x,Ann,20260131",
            "2:5: '20260131' is no day; expected such as 2026-01-31",
        ),
    ],
    ids=["language", "first language", "digest", "name", "day", "other form"],
)
def test_a_row_that_records_no_review_is_a_problem(spoiled: Path, row: str, told: str):
    write(spoiled, row)
    (problem,) = check_reviews(spoiled, read_study(spoiled))
    assert str(problem) == f"{REVIEWED}:{told}"


def test_a_record_with_other_columns_is_a_problem(spoiled: Path):
    (spoiled / REVIEWED).write_text("language;digest\n", encoding="utf-8")
    with pytest.raises(CheckFailed) as caught:
        list(check_reviews(spoiled, read_study(spoiled)))
    assert caught.value.message == (
        f"{REVIEWED}:1:1: cells are separated by ';'; expected ','; save it as CSV with commas"
    )


def texts_of_torfaen(workbook: Path) -> list[Translated]:
    """What the Welsh edition of a council with a narrative for every theme uses."""
    study = read_study(workbook)
    parameters = read_parameter_file(workbook / "params/torfaen.yaml", study).parameters
    notebook = nbformat.read(workbook / COUNCIL_REPORT.path, as_version=4)
    cells = {
        cell.id: cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        if not {"not-published", "narrative"} & set(cell.metadata.get("tags", []))
    }
    return [
        *labels_in("cy"),
        *study_in(study, "cy"),
        *cells_in(cells, workbook, "cy"),
        *parameters_in(study, parameters, "params/torfaen.yaml", "cy"),
    ]


def progress(workbook: Path, code: str = "cy") -> list[int]:
    study = read_study(workbook)
    edition = edition_of(
        study, read_parameter_file(workbook / "params/torfaen.yaml", study).parameters, code
    )
    notebook = nbformat.read(workbook / COUNCIL_REPORT.path, as_version=4)
    prepare_notebook(notebook, edition, workbook)
    return list(notebook.metadata["workbook"]["review"])


def test_texts_of_every_kind_are_counted(shipped: Path):
    files = {text.file for text in texts_of_torfaen(shipped)}
    assert files == {
        "helpers/report/languages/locale/cy.po",
        "notebooks/locale/cy.po",
        "params/torfaen.yaml",
        *(
            f"data/study/{name}.yaml"
            for name in ("study", "questionnaire", "maturity", "good_practice", "quantity_words")
        ),
    }


def test_an_edition_is_free_of_the_notice_only_when_all_its_texts_are_reviewed(
    spoiled: Path, edit: Callable[[Path, str, str], None]
):
    used = {text.digest: text.place for text in texts_of_torfaen(spoiled)}
    assert progress(spoiled) == [len(used), len(used)]
    assert progress(spoiled, "en") == [0, 0]
    rows = [f"cy,{digest},x,Ann,2026-01-31" for digest in used]
    write(spoiled, *rows[1:])
    assert progress(spoiled) == [1, len(used)]
    write(spoiled, *rows)
    assert progress(spoiled) == [0, len(used)]
    edit(spoiled / "params/torfaen.yaml", "A clear vision for data", "A vision for data")
    assert progress(spoiled) == [1, len(used)]
    edit(spoiled / "data/study/study.yaml", "cy: Diogelu data", "cy: Gwarchod data")
    assert progress(spoiled)[0] == 2
