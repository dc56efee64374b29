"""A client of a kernel that is ready as soon as the kernel is."""

from math import inf
from queue import Empty
from time import monotonic
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

ANSWER, SILENCE = 1, 0.2  # seconds, as in jupyter_client


class PromptClient(AsyncKernelClient):
    """Begins when the kernel is heard to be idle.

    jupyter_client listens on until nothing is heard for a fifth of a second, of each run.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until both channels are heard; raises RuntimeError after `timeout` seconds."""
        end = monotonic() + (timeout or inf)
        while not await self._answers():
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it answered")
            if monotonic() > end:
                raise RuntimeError(f"the kernel did not answer in {timeout} seconds")

    async def _answers(self) -> bool:
        """Ask for the kernel's name; say whether it answered and then was idle."""
        asked = self.kernel_info()
        try:
            reply = await self.get_shell_msg(timeout=ANSWER)
            while not _is_idle(await self.get_iopub_msg(timeout=SILENCE), asked):
                continue
        except Empty:
            return False  # it is not up yet, or was so before this client could hear it
        self._handle_kernel_info_reply(reply)
        return True


def _is_idle(message: dict[str, Any], asked: str) -> bool:
    about, state = message["parent_header"].get("msg_id"), message["content"]
    return (about, state.get("execution_state")) == (asked, "idle")
