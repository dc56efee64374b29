"""Packages that libraries load where they are installed, and that nothing here uses.

jsonschema, which nbformat asks whether a notebook is one, gets ready to check forms of text of
which no notebook's schema speaks: for web addresses it builds a grammar, which takes a second.
pandera loads hypothesis to draw examples from a contract, papermill a client of remote files.
JupyterLab's packages and the tests' bring them; the libraries do without.
"""

import sys

UNUSED = ("hypothesis", "isoduration", "pyarrow.fs", "rfc3986_validator", "rfc3987_syntax")


def keep_out() -> None:
    """Let each package that is not loaded yet be as if it were not installed."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # how Python spells it


def let_in() -> None:
    """Let the packages be imported again."""
    for name in UNUSED:
        if sys.modules.get(name, sys) is None:
            del sys.modules[name]
