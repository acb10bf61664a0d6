from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

CHILD = "from solver.lifeline import die_with_parent; die_with_parent(); print('here', flush=True); input()"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows this")
def test_who_dies_with_its_parent_does_so_when_the_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"here\n"
        os.kill(parent.pid, signal.SIGKILL)
        assert parent.stdout.read() == b"", "the pipe closes when the child, which holds it too, is gone"
