"""How long verifying takes beside building: python tests/benchmarks/verifying.py [REPEATS]

By turns, from the command line as a user would run them, on a copy of the workbook: all reports
built from nothing, then all of them verified. Prints each time and the ratio of the medians.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).parents[2]
PARTS = ("params", "data", "notebooks")


def seconds(*command: str, workbook: Path) -> float:
    began = perf_counter()
    asked = [sys.executable, "-m", "helpers.cli", *command, "--workbook", str(workbook)]
    subprocess.run(asked, check=True, capture_output=True)
    return perf_counter() - began


def main(repeats: int) -> None:
    found: dict[str, list[float]] = {"build": [], "verify": []}
    with TemporaryDirectory() as name:
        workbook = Path(name)
        for part in PARTS:
            shutil.copytree(ROOT / part, workbook / part)
        for _ in range(repeats):
            shutil.rmtree(workbook / "outputs", ignore_errors=True)
            for command, times in found.items():
                times.append(seconds(command, workbook=workbook))
    for command, times in found.items():
        told = ", ".join(f"{one:.1f}" for one in times)
        sys.stdout.write(f"{command}: {told} s; median {median(times):.1f} s\n")
    ratio = median(found["verify"]) / median(found["build"])
    sys.stdout.write(f"verify / build: {ratio:.2f}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
