"""What a cell prints, as far as a report could hold it."""

from ipykernel.iostream import OutStream

from helpers.run.processes.limits import PRINTED


class LimitedStream(OutStream):
    """Hands on one character more than a run may print, and drops the rest.

    The run fails by that one. A gigabyte would fill the memory of the kernel and of who hears of
    it, and where it did not fit it would be lost without a word.
    """

    left = PRINTED + 1

    def flush(self) -> None:
        """Send what was printed; where nothing was, there is nothing to wait for.

        ipykernel asks several times a cell, and each time one thread would wait for another. The
        order stays: all messages go out by the same thread.
        """
        if self._buffers:
            super().flush()  # type: ignore[no-untyped-call]

    def write(self, string: str) -> int:
        """Take what is printed."""
        passed = string[: self.left]
        self.left -= len(passed)
        if passed:
            super().write(passed)
        return len(string)
