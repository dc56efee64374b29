"""Run R, where it is installed with what a report needs: rmarkdown and ggplot2."""

import shutil
import subprocess

READY = "stopifnot(requireNamespace('rmarkdown'), requireNamespace('ggplot2'))"


def r_command(code: str, *given: object) -> list[str]:
    """Return the command that runs code in a new R."""
    return ["Rscript", "--vanilla", "-e", code, *map(str, given)]


def run_r(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a new R."""
    return subprocess.run(r_command(code), capture_output=True, text=True, check=False)


def has_r() -> bool:
    """Say whether R Markdown can be run here."""
    return bool(shutil.which("Rscript")) and run_r(READY).returncode == 0
