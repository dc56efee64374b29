"""Packages that libraries load where they are installed, and that nothing here uses.

jsonschema, which nbformat asks whether a notebook is one, gets ready to check forms of text of
which no notebook's schema speaks: for web addresses it builds a grammar, which takes a second.
pandera loads hypothesis to draw examples from a contract, papermill a client of remote files.
JupyterLab's packages and the tests' bring them; the libraries do without.

seaborn loads scipy.stats, a fifth of all that the warm parent loads, for one function that smooths
curves. It gets one that loads it when it is called: only a template that draws such a curve waits.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

UNUSED = ("hypothesis", "isoduration", "pyarrow.fs", "rfc3986_validator", "rfc3987_syntax")
LATER = "scipy.stats"


def keep_out() -> None:
    """Let packages that are not loaded yet be as if they were not installed, or be loaded later."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # how Python spells it
    sys.modules.setdefault(LATER, _stand_in)


def let_in() -> None:
    """Let the packages be imported again."""
    for name in UNUSED:
        if sys.modules.get(name, sys) is None:
            del sys.modules[name]
    if sys.modules.get(LATER) is _stand_in:
        del sys.modules[LATER]


def _gaussian_kde(*given: Any, **options: Any) -> Any:
    let_in()
    return import_module(LATER).gaussian_kde(*given, **options)


_stand_in = ModuleType(LATER)
_stand_in.gaussian_kde = _gaussian_kde  # type: ignore[attr-defined]
