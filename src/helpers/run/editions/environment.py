"""What makes editions: the code of the rooms that they come from, and what it runs on."""

import hashlib
import locale
import platform
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import helpers

ROOMS = ("study", "figures", "report", "run")  # the code that an edition depends on


def made_by() -> dict[str, Any]:
    """Return digests of the code, and the environment that it runs in; no name of host or user."""
    return {
        "code": code_digests(),
        "packages": package_versions(),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "locale": f"{locale.setlocale(locale.LC_NUMERIC)}, {locale.getpreferredencoding(False)}",
    }


@cache
def code_digests() -> dict[str, str]:
    """Return the SHA-256 of each file of the rooms that make an edition."""
    root = Path(helpers.__file__).parent
    files = (file for room in ROOMS for file in (root / room).rglob("*") if file.is_file())
    return {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(file for file in files if file.suffix != ".pyc")
    }


@cache
def package_versions() -> dict[str, str]:
    """Return the version of every installed package: of two of a name, that which is imported."""
    versions: dict[str, str] = {}
    for found in distributions():
        told = found.metadata  # read anew each time that it is asked for
        if told["Name"]:  # else what is left of one that was removed
            versions.setdefault(told["Name"].lower(), told["Version"])
    return dict(sorted(versions.items()))
