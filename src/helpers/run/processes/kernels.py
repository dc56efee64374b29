"""Kernels that are forks of a process which has everything loaded, and start without imports."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from helpers.run.processes.orphans import adopt_orphans, end_children

UNWRITTEN = "--HistoryManager.enabled=False"  # else all cells go to the user's own IPython history
LAUNCHER = "ipykernel_launcher"  # what an ordinary kernel is started by
OWN_PATH = [place for place in sys.path if place]  # the warm parent's, before it gets another's
GLANCE = 0.005  # seconds


class WaitingKernel:
    """A fork of this process that becomes a kernel when it is told what `launch` is given.

    It is made before this process does anything, so that nothing is in it but what was loaded,
    and no thread holds a lock in it. Has what jupyter_client asks of a subprocess.Popen.
    """

    stdin = stdout = stderr = None  # those of this process

    def __init__(self) -> None:
        context = get_context("fork")
        told, self._tell = context.Pipe(duplex=False)
        given = (told, self._tell)
        self._process = context.Process(target=_wait_to_run, args=given, daemon=True)
        self._process.start()
        told.close()
        self.pid = self._process.pid

    def launch(self, arguments: list[str], env: dict[str, str], folder: str) -> None:
        """Let it run with ipykernel's arguments and exactly these variables, in this folder."""
        self._tell.send((arguments, env, folder))

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Return the exit code when it has ended."""
        self._process.join()
        return self.poll()

    def send_signal(self, signum: int) -> None:
        """Send a signal to it, unless it has ended."""
        if self.poll() is None and self.pid:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


@contextmanager
def waiting_kernel() -> Iterator[WaitingKernel]:
    """Yield a kernel that waits, and see that nothing is left of it or of what it started."""
    adopt_orphans()
    kernel = WaitingKernel()
    try:
        yield kernel
    finally:
        kernel.kill()
        kernel.wait()
        end_children()


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel that waits in place of a new process."""

    process: WaitingKernel | None  # type: ignore[assignment]  # it does for a subprocess.Popen

    def __init__(self, kernel: WaitingKernel, manager: KernelManager) -> None:
        super().__init__(
            kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager
        )
        self.kernel = kernel

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Let the kernel run; `cmd` is what an ordinary one is started with."""
        arguments = cmd[cmd.index("-f") :]
        self.kernel.launch(arguments, options["env"], str(options.get("cwd") or Path.cwd()))
        self.process = self.kernel
        self.pid = self.pgid = self.kernel.pid
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End it at once, and wait until it has; jupyter_client looks only ten times a second."""
        await super().kill(restart)
        while self.kernel.poll() is None:
            await asyncio.sleep(GLANCE)


def _wait_to_run(told: Connection, tell: Connection) -> None:
    os.setsid()  # its children end with it, and Ctrl-C is not for it
    tell.close()
    try:
        arguments, env, folder = told.recv()
    except EOFError:
        return  # the edition ended before it came to run
    _hush()
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    sys.path[:] = OWN_PATH
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"  # it ends when its parent does
    sys.argv[:] = [LAUNCHER, *arguments, parent, UNWRITTEN]
    np.random.seed()  # a fork has its parent's state; `random` sees to it itself
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance()


def _hush() -> None:
    """Let nothing reach the screen but by messages: a cell's own child may print without end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for screen in (1, 2):
        os.dup2(nowhere, screen)
    os.close(nowhere)
