"""Packages that libraries load where they are installed, and that nothing here uses.

jsonschema, which nbformat asks whether a notebook is one, builds a grammar of web addresses, of
which no notebook's schema speaks: it takes a second. pandera loads hypothesis to draw examples from
a contract. JupyterLab's packages bring the one, the tests' the other; both libraries do without.
"""

import sys

UNUSED = ("rfc3987_syntax", "hypothesis")


def keep_out() -> None:
    """Let each package that is not loaded yet be as if it were not installed."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # how Python spells it


def let_in() -> None:
    """Let the packages be imported again."""
    for name in UNUSED:
        if sys.modules.get(name, sys) is None:
            del sys.modules[name]
