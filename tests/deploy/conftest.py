"""Two processes behind the proxy, as `python -m deploy.serve` starts and ends them."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from subprocess import DEVNULL

import psutil
import pytest

from deploy.serve import ROOT, free_ports


@dataclass
class Served:
    """The page behind the proxy."""

    url: str
    command: psutil.Popen

    def processes(self) -> list[psutil.Process]:
        """Return the processes of the page, in the order in which they were started."""
        return [child for child in self.command.children() if "streamlit" in child.cmdline()]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Start two processes behind the proxy and wait until it says that they are ready."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "deploy.serve", f"--port={port}", "--processes=2"]
    reading, writing = os.pipe()
    with psutil.Popen(command, cwd=ROOT, stderr=writing, stdout=DEVNULL) as process, os.fdopen(reading) as words:
        os.close(writing)
        said = []
        for line in words:
            said.append(line)
            if line.startswith("Ready"):
                break
        else:
            pytest.fail("".join(said))
        served = Served(f"http://127.0.0.1:{port}", process)
        everything = [process, *process.children(recursive=True)]
        try:
            yield served
        finally:
            process.terminate()
            everything += [child for child in process.children(recursive=True) if child not in everything]
            words.read()
            _, alive = psutil.wait_procs(everything, timeout=30)
            for survivor in alive:
                survivor.kill()
            assert not alive
            assert process.returncode == 0
