"""The seal of a page: the SHA-256 that it carries of itself.

Whoever holds only the page can tell by it that no byte was altered, by accident or carelessly. It
does not say who made the page: whoever alters a page on purpose can seal it anew. For that there is
the list of digests that the office publishes.
"""

import hashlib
import re

from helpers.errors import NotPublishable

FIELD = '<meta name="sha256" content="{}">'  # in the page's head
UNSEALED = FIELD.format("0" * 64)  # the digest is that of the page with zeros in the field
SEALED = re.compile(FIELD.format("([0-9a-f]{64})").encode())


def seal(page: str) -> str:
    """Return a page with its digest in the field that holds zeros."""
    digest = hashlib.sha256(page.encode()).hexdigest()
    return page.replace(UNSEALED, FIELD.format(digest), 1)


def read_seal(page: bytes) -> tuple[str, str]:
    """Return the digest that a page carries, and the one that it has.

    They differ where a byte was altered. Raises NotPublishable unless it carries exactly one.
    """
    found = SEALED.findall(page)
    if len(found) != 1:
        what = "no seal" if not found else f"{len(found)} seals"
        raise NotPublishable(f"{what}; expected a page that 'workbook build' made")
    unsealed = SEALED.sub(UNSEALED.encode(), page)
    return found[0].decode(), hashlib.sha256(unsealed).hexdigest()
