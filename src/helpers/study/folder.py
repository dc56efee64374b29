"""Find the folder that is the workbook."""

import os
from pathlib import Path

from helpers.errors import NotAWorkbook

VARIABLE = "WORKBOOK_FOLDER"
OUTPUTS = "outputs"
NATIONAL = "national"  # where the overview stands in outputs/, so no council's slug


def find_workbook(start: Path | None = None) -> Path:
    """Return the workbook that `start` (the working folder) stands in.

    A run says where its folder is by the variable WORKBOOK_FOLDER; elsewhere it is the nearest
    parent that holds params/ and data/, since JupyterLab and nbval start a kernel in the
    notebook's own folder.
    """
    if start is None and os.environ.get(VARIABLE):
        start = Path(os.environ[VARIABLE])
    begin = (start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if (folder / "params").is_dir() and (folder / "data").is_dir():
            return folder
    raise NotAWorkbook(
        f"{begin}: neither this folder nor one above it holds params/ and data/; "
        "go to the workbook's folder or name it with --workbook"
    )
