"""Check published pages by the digests that they carry of themselves.

    python3 check_page.py report.en.html ...

Needs Python and nothing else. It shows whether a byte was altered by accident or carelessly. Who
alters a page on purpose can put a new digest into it: that a page is the office's own, only the
list of digests that the office publishes can show. The number printed last is to be found there.
"""

import hashlib
import re
import sys
from pathlib import Path

FIELD = b'<meta name="sha256" content="%s">'
SEAL = re.compile(FIELD % b"([0-9a-f]{64})")


def check(path: str) -> bool:
    """Print what is found of one page, and return whether it has the digest that it carries."""
    try:
        page = Path(path).read_bytes()
    except OSError as error:
        print(f"{path}: {error.strerror}")
        return False
    seals = SEAL.findall(page)
    if len(seals) != 1:
        print(f"{path}: carries {len(seals)} digests of itself; expected 1")
        return False
    # The digest is that of the page with zeros where it stands.
    digest = hashlib.sha256(SEAL.sub(FIELD % (b"0" * 64), page)).hexdigest()
    if seals[0].decode() != digest:
        print(f"{path}: altered since it was sealed: carries {seals[0].decode()}, has {digest}")
        return False
    print(f"{path}: has the digest that it carries; {hashlib.sha256(page).hexdigest()}")
    return True


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    checked = [check(path) for path in sys.argv[1:]]
    sys.exit(not all(checked))
