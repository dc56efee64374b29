"""What the warm parent loads first, so that it loads quickly, is quiet and leaves nothing."""

import atexit
import gc
import os
import shutil
import signal

from helpers.run.processes.unused import keep_out

# These tell the warm parent, and nobody else, the folder of its socket, and of the workbook.
FOLDER, WORKBOOK = "WORKBOOK_FORKS", "WORKBOOK_REHEARSED"
HELD_BACK = (signal.SIGINT, signal.SIGTERM)

if folder := os.environ.pop(FOLDER, ""):
    os.setsid()  # a signal to all of the command, as Ctrl-C sends, is the command's to pass on
    for signum in HELD_BACK:  # until here; what came meanwhile was for the command
        handler = signal.signal(signum, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signum})
        signal.signal(signum, handler)
    keep_out()
    gc.disable()  # as gc.freeze asks, which each fork begins with
    # matplotlib asks when it is loaded; a kernel says so itself, but later.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # no word on frozen modules
    # The command removes its folder itself, unless it is killed: then all forks end, then this.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(gc.freeze)  # else Python ends with a search through all that was loaded
