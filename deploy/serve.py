"""Serve the page with several processes behind HAProxy: `python -m deploy.serve`.

Ctrl-C or SIGTERM ends everything. A process that dies is started again; meanwhile the proxy sends
its readers to the others.
"""

import argparse
import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.request import ProxyHandler, build_opener

from deploy import install

ROOT = Path(__file__).parents[1]
CONFIGURATION = Path(__file__).with_name("haproxy.cfg")
SETTINGS = {
    "STREAMLIT_SERVER_HEADLESS": "true",
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
    "STREAMLIT_SERVER_SCRIPT_HEALTH_CHECK_ENABLED": "true",
    "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": "10",  # MB, the largest file that the page takes
    "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true",
    "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "none",
    "OPENBLAS_NUM_THREADS": "1",  # there are as many processes as cores
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",  # memory that a visit leaves is given to the next
}
SECONDS_TO_START = 60
SECONDS_TO_STOP = 5
SECONDS_OF_A_SOUND_LIFE = 10
MOST_EARLY_DEATHS = 3  # in a row


class CannotServe(Exception):
    """The page cannot be served; the message says why."""


async def serve(address: str, port: int, processes: int) -> None:
    """Serve until cancelled. Raises `CannotServe`."""
    haproxy = install.find()
    if not haproxy:
        raise CannotServe(install.MISSING)
    ports = free_ports(processes)
    with TemporaryDirectory() as folder:
        configuration = Path(folder) / CONFIGURATION.name
        configuration.write_text(CONFIGURATION.read_text() + server_lines(ports))
        async with asyncio.TaskGroup() as group:
            for number, own_port in enumerate(ports, start=1):
                group.create_task(keep(f"process {number}", page_command(own_port), SETTINGS, own_port))
            await asyncio.gather(*map(warm_up, ports))
            proxy = [haproxy, "-db", "-q", "-f", str(configuration)]
            group.create_task(keep("the proxy", proxy, {"ADDRESS": address, "PORT": str(port)}))
            await answers(f"http://{bracketed(address)}:{port}/_stcore/health")
            say(f"Ready: {processes} processes at http://{bracketed(address)}:{port}")


def server_lines(ports: list[int]) -> str:
    """Return the end of the proxy's configuration: a line for each process."""
    return "".join(
        f"    server p{number} 127.0.0.1:{port} cookie p{number}\n" for number, port in enumerate(ports, start=1)
    )


def page_command(port: int, script: str = "streamlit_app.py") -> list[str]:
    """Return the command of one process of the page, or of another script."""
    place = ["--server.address=127.0.0.1", f"--server.port={port}"]
    return [sys.executable, "-m", "streamlit", "run", script, *place]


async def keep(name: str, command: list[str], environment: Mapping[str, str], port: int | None = None) -> None:
    """Keep a program running until cancelled, and the page at `port` warm. Raises `CannotServe` if it won't stay."""
    early_deaths = 0
    warming = None
    while early_deaths < MOST_EARLY_DEATHS:
        start = monotonic()
        program = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=os.environ | environment)
        try:
            code = await program.wait()
        finally:
            await end(program)
        early_deaths = early_deaths + 1 if monotonic() - start < SECONDS_OF_A_SOUND_LIFE else 0
        say(f"{name.capitalize()} ended with {code}.")
        if port:
            warming = asyncio.create_task(_warm_up_again(port, warming))
    raise CannotServe(f"{name.capitalize()} does not stay alive; see its messages above.")


async def end(program: asyncio.subprocess.Process) -> None:
    """End a program, gently at first."""
    if program.returncode is not None:
        return
    program.terminate()
    try:
        async with asyncio.timeout(SECONDS_TO_STOP):
            await program.wait()
    except TimeoutError:
        program.kill()
        await program.wait()


async def warm_up(port: int) -> None:
    """Have a process run the page once, so that no reader waits for its imports. Raises `CannotServe`."""
    await answers(f"http://127.0.0.1:{port}/_stcore/script-health-check")


async def _warm_up_again(port: int, earlier: asyncio.Task[None] | None) -> None:
    if earlier:
        earlier.cancel()
    with suppress(CannotServe):  # it will be told by the process itself
        await warm_up(port)


async def answers(url: str) -> None:
    """Wait until an address answers well. Raises `CannotServe` if it answers otherwise, or not in time."""
    opener = build_opener(ProxyHandler({}))
    try:
        async with asyncio.timeout(SECONDS_TO_START):
            while True:
                with suppress(OSError):
                    await asyncio.to_thread(lambda: opener.open(url, timeout=SECONDS_TO_START).close())
                    return
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise CannotServe(f"{url} does not answer.") from None


def free_ports(number: int) -> list[int]:
    """Return ports of the loopback that nobody listens at."""
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def bracketed(address: str) -> str:
    """Return an address as it is written in a link."""
    return f"[{address}]" if ":" in address else address


def say(text: str) -> None:
    """Tell whoever watches the terminal."""
    sys.stderr.write(f"{text}\n")


async def _serve_until_told(address: str, port: int, processes: int) -> None:
    serving = asyncio.ensure_future(serve(address, port, processes))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m deploy.serve", description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="127.0.0.1", help="where to listen; 0.0.0.0 is everywhere (%(default)s)")
    parser.add_argument("--port", type=int, default=8501, help="(%(default)s)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="as many as cores (%(default)s)")
    options = parser.parse_args()
    try:
        asyncio.run(_serve_until_told(options.address, options.port, options.processes))
    except* CannotServe as errors:
        sys.exit("\n".join(map(str, errors.exceptions)))


if __name__ == "__main__":
    main()
