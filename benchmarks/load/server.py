"""The server that the readers visit: started here, watched, ended."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from deploy.serve import ROOT, SETTINGS, free_ports, page_command

SECONDS_TO_START = 90


@dataclass
class Server:
    """A server, and the processes that it consists of; none are known of one that was there before."""

    url: str
    process: psutil.Popen | None = None

    def processes(self) -> list[psutil.Process]:
        """Return the processes that are alive."""
        if self.process is None or not self.process.is_running():
            return []
        return [self.process, *self.process.children(recursive=True)]

    def memory(self) -> int:
        """Return the bytes that they hold now."""
        total = 0
        for process in self.processes():
            with suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def cpu(self) -> float:
        """Return the seconds of a core that they have used."""
        total = 0.0
        for process in self.processes():
            with suppress(psutil.Error):
                times = process.cpu_times()
                total += times.user + times.system
        return total


@contextmanager
def started(processes: int, log: Path) -> Iterator[Server]:
    """Start the page, with a process of its own or several behind the proxy, and end it afterwards."""
    (port,) = free_ports(1)
    if processes:
        command = [sys.executable, "-m", "deploy.serve", f"--port={port}", f"--processes={processes}"]
    else:
        command = page_command(port)
    with running(command, port, log) as server:
        yield server


@contextmanager
def running(command: Sequence[str], port: int, log: Path, **variables: str) -> Iterator[Server]:
    """Run the command that serves at a port of the loopback, and end it afterwards."""
    environment = dict(psutil.Process().environ()) | SETTINGS | {"PYTHONPATH": str(ROOT)} | variables
    with log.open("w") as output:
        process = psutil.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield Server(f"http://127.0.0.1:{port}/", process)
    finally:
        process.terminate()
        with suppress(psutil.TimeoutExpired):
            process.wait(15)
        if process.is_running():
            process.kill()
