"""Read a JSON file that anybody may have written; what is wrong with it has its place."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from helpers.errors import CheckFailed, Problem
from helpers.study.files.textfile import read_text

_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # half of a character, which makes no whole one alone


def read_json(path: Path, name: str, needed_by: str, what: str = "JSON") -> Any:
    """Return the content of a file, which messages call `name`; raises CheckFailed.

    They say that it is not `what` it should be, or what it is `needed_by` where it is missing.
    """
    text = read_text(path, name, "JSON in UTF-8", needed_by=needed_by)
    try:
        content = json.loads(text, object_pairs_hook=_mapping)
        json.dumps(content, ensure_ascii=False).encode()
    except RecursionError:
        problem = Problem(name, 1, 1, "not readable: nested too deeply")
    except json.JSONDecodeError as error:
        problem = Problem(name, error.lineno, error.colno, f"not {what}: {error.msg}")
    except UnicodeEncodeError as error:
        before = _HALF.split(text)[0].split("\n")
        sign = f"U+{ord(error.object[error.start]):04X}"
        message = f"not {what}: {sign} is half of a character; write the character itself"
        problem = Problem(name, len(before), len(before[-1]) + 1, message)
    except ValueError as error:  # a key that stands twice, a number of thousands of digits
        problem = Problem(name, 1, 1, f"not {what}: {error}")
    else:
        return content
    raise CheckFailed([problem])


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        ((twice, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise ValueError(f"the key '{twice}' stands twice in one mapping; keep one")
    return found
