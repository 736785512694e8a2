"""A real server and a real Chromium for the journeys."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import chromium
import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect
from the_page import PATIENCE, ThePage

ROOT = Path(__file__).parents[2]
SMALL_DESKTOP: ViewportSize = {"width": 1280, "height": 800}  # the smallest that everything fits on

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest journey, which starts five servers: as the last it would keep the others waiting."""
    items.sort(key=lambda item: "mortal_server" not in getattr(item, "fixturenames", ()))


class Server:
    """A server of the page, on a free port of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.outside_hosts = folder / "outside_hosts"  # a line for each outside host that it asked for
        self.outside_hosts.touch()
        self.output = folder / "output"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = os.environ | {"STREAMLIT_SERVER_PORT": str(self.port), "STREAMLIT_SERVER_HEADLESS": "true"}
        command = [sys.executable, str(Path(__file__).with_name("serve.py")), str(self.outside_hosts)]
        with self.output.open("a", encoding="utf-8") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        while not self._answers():
            self.assert_alive()

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/_stcore/health", timeout=30).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def assert_alive(self, patience: float = 0.1) -> None:
        """Fail with what the server has written if it has ended, or ends within `patience` seconds."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
            pytest.fail(f"The server has ended:\n{self.output.read_text(encoding='utf-8')}")

    def kill(self) -> None:
        """End it at once, without a chance to save anything."""
        self.process.kill()
        self.process.wait()


@contextmanager
def _running(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    try:
        server.start()
        yield server
        server.assert_alive(patience=0)
    finally:
        server.kill()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the server of all visits."""
    with _running(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def mortal_server(tmp_path: Path) -> Iterator[Server]:
    """Start a server that may be killed and started again."""
    with _running(tmp_path) as server:
        yield server


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the Chromium that is installed."""
    return {"executable_path": chromium.find(), "args": chromium.ARGUMENTS, "timeout": PATIENCE}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    """Give the page a small desktop, and a clipboard."""
    return {"viewport": SMALL_DESKTOP, "permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="session")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """Keep one context for all journeys: a new one would load all of Streamlit's scripts again."""
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture(scope="session")
def tab(context: BrowserContext) -> ThePage:
    """Keep one tab: in a new one all of Streamlit's scripts would be compiled again."""
    return ThePage(context.new_page())


@pytest.fixture
def blank_page(tab: ThePage) -> Iterator[ThePage]:
    """Give each journey a visit of its own, which it opens."""
    tab.page.bring_to_front()  # Chromium gives less time to what is behind another tab
    tab.page.mouse.move(0, 0)
    yield tab
    assert not tab.page.is_closed(), "The server has ended."
    tab.page.goto("about:blank")
    tab.page.set_viewport_size(SMALL_DESKTOP)
    tab.outlives_its_server = False


@pytest.fixture
def the_page(blank_page: ThePage, server: Server) -> ThePage:
    """Open the page as a newcomer does."""
    return blank_page.open(server.url)
