"""One council's downloads stop no other's, and a PDF that fails takes nothing else with it."""

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import check_workbook, stand
from helpers.report.downloads.making import Standing
from helpers.run.building import downloads
from helpers.run.building.downloads import write_downloads
from helpers.run.building.making import Pool
from helpers.run.building.outdated import find_outdated
from helpers.run.deciding import Decided, decide
from helpers.run.editions.bundle import Bundle, make_bundles
from helpers.study.definition import Study

COUNCILS = ("torfaen", "powys")


@pytest.fixture
def decided(spoiled: Path) -> Decided:
    return decide(check_workbook(spoiled))


@pytest.fixture(autouse=True)
def threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work in threads, as where nothing forks: what a worker raises comes as it is."""
    monkeypatch.setattr(downloads, "FORKS", False)


def make(
    decided: Decided, *, pdf: bool = False, executor: type[Executor] = ThreadPoolExecutor
) -> list[tuple[str, str, str]]:
    wanted = [
        (Standing(council, ("en",), "en", {}, b""), {"council": council}) for council in COUNCILS
    ]
    with Pool(1, executor(1)) as pool:
        outcomes = write_downloads(decided, wanted, lambda _: None, pool, pdf=pdf)
    return [(outcome.council, outcome.error, outcome.note) for outcome in outcomes]


def left(decided: Decided, council: str) -> list[str]:
    folder = decided.checked.workbook / "outputs" / council
    return sorted(path.name for path in folder.glob("*"))


def test_whatever_a_worker_raises_stops_no_other_council(
    decided: Decided, monkeypatch: pytest.MonkeyPatch
):
    def work(_study: Study, standing: Standing, *, pdf: bool) -> dict[str, bytes]:
        if standing.council == "torfaen":
            raise ZeroDivisionError("division by zero")
        return {"figures.csv": b"figures"}

    monkeypatch.setattr(downloads, "make_downloads", work)
    assert make(decided) == [
        ("torfaen", "ZeroDivisionError: division by zero", ""),
        ("powys", "", ""),
    ]
    assert left(decided, "torfaen") == []
    assert left(decided, "powys") == ["figures.csv", "manifest.json"]


def test_a_pdf_that_fails_leaves_the_other_downloads(
    decided: Decided, monkeypatch: pytest.MonkeyPatch
):
    def work(_study: Study, standing: Standing, *, pdf: bool) -> dict[str, bytes]:
        if pdf and standing.council == "torfaen":
            raise MemoryError("too large")
        return {"figures.csv": b"figures"} | ({"report.en.pdf": b"PDF"} if pdf else {})

    monkeypatch.setattr(downloads, "make_downloads", work)
    told = "MemoryError: too large; the PDF was not made, the other downloads were"
    assert make(decided, pdf=True) == [("torfaen", told, ""), ("powys", "", "")]
    assert left(decided, "torfaen") == ["figures.csv", "manifest.json"]
    assert left(decided, "powys") == ["figures.csv", "manifest.json", "report.en.pdf"]


def test_where_a_worker_takes_the_pool_with_it_the_failure_is_told(
    decided: Decided, monkeypatch: pytest.MonkeyPatch
):
    class Broken(ThreadPoolExecutor):
        submitted = 0

        def submit(self, *given: object, **options: object):
            self.submitted += 1
            if self.submitted > len(COUNCILS):
                raise BrokenExecutor
            return super().submit(*given, **options)

    def work(*_given: object, pdf: bool) -> dict[str, bytes]:
        raise BrokenExecutor("a worker was ended")

    monkeypatch.setattr(downloads, "make_downloads", work)
    told = "BrokenExecutor: a worker was ended"
    found = make(decided, pdf=True, executor=Broken)
    assert found == [("torfaen", told, ""), ("powys", told, "")]


def test_what_stands_is_what_downloads_are_made_of(decided: Decided):
    folder = decided.checked.workbook / "outputs" / "torfaen"
    english, welsh = make_bundles(decided, "torfaen")
    for bundle in (english, welsh):
        stand(folder, bundle)
    (folder / "report.en.html").unlink()
    [(standing, made_from)] = find_outdated(decided, ["torfaen"], pdf=False)
    assert standing.editions == tuple(made_from["editions"]) == ("cy",)
    assert set(standing.files) == {"report.cy.ipynb", "report.cy.html"}


def test_where_only_one_edition_is_of_today_its_numbers_are_taken(decided: Decided):
    """Both were made in the same second; the English one of what is no longer in the data."""
    folder = decided.checked.workbook / "outputs" / "torfaen"
    english, welsh = make_bundles(decided, "torfaen")
    stand(folder, Bundle("torfaen", "en", {**english.files, "data/invitations.csv": b""}))
    stand(folder, welsh)
    [(standing, _)] = find_outdated(decided, ["torfaen"], pdf=False)
    assert (standing.editions, standing.newest) == (("en", "cy"), "cy")
