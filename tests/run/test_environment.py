"""What an edition was made on is what was there when it was made."""

from types import SimpleNamespace

import pytest

from helpers.run.editions import environment


def test_of_two_packages_of_a_name_that_counts_which_is_imported(monkeypatch: pytest.MonkeyPatch):
    """The first on the path; what is left of a package that was removed has no name."""
    told = [("Foo", "10.0"), ("foo", "9.0"), (None, None), ("Bar", "1.0")]
    there = [SimpleNamespace(metadata={"Name": name, "Version": one}) for name, one in told]
    monkeypatch.setattr(environment, "distributions", lambda: there)
    assert environment.package_versions.__wrapped__() == {"bar": "1.0", "foo": "10.0"}
