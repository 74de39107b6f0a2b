"""Run a Python module so that every process that it forks dies with it.

    python -m portal.embedded.bound granian --workers 2 ...

A server that is killed with SIGKILL cannot stop its own workers; the kernel does it for it.
"""

import multiprocessing
import os
import runpy
import signal
import sys

from portal.embedded.linux import die_with_parent


def bind_forks() -> None:
    """From now on, a process that this one forks gets SIGKILL when this one ends."""
    family = {"parent": os.getpid()}

    def before() -> None:
        family["parent"] = os.getpid()

    def in_child() -> None:
        die_with_parent(signal.SIGKILL, family["parent"])

    os.register_at_fork(before=before, after_in_child=in_child)


def main() -> None:
    """Run the module named by the first argument, with the others as its own."""
    multiprocessing.set_start_method("fork")  # others start by exec and skip the hook above
    bind_forks()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
