"""A real server and a real Chromium for the journeys."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chromium
import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, expect
from requests.adapters import HTTPAdapter
from the_page import ThePage
from urllib3 import Retry

ROOT = Path(__file__).parents[2]

expect.set_options(timeout=30_000)  # a cold server on a busy machine takes its time


@dataclass(frozen=True)
class Server:
    """A running server of the page."""

    url: str
    outside_hosts: Path  # a line for each outside host that the server asked for


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the page's server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    log = folder / "outside_hosts"
    log.touch()
    environment = os.environ | {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true"}
    command = [sys.executable, str(Path(__file__).with_name("serve.py")), str(log)]
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    url = f"http://localhost:{port}"
    try:
        _wait_until_healthy(url)
        yield Server(url, log)
    finally:
        process.kill()
        process.wait()


def _wait_until_healthy(url: str) -> None:
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=Retry(connect=9, backoff_factor=0.1)))
        session.get(f"{url}/_stcore/health", timeout=30).raise_for_status()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the Chromium that is installed."""
    return {"executable_path": chromium.find(), "args": chromium.ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    """Give the page the smallest desktop that everything fits on, and a clipboard."""
    return {"viewport": {"width": 1280, "height": 800}, "permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="session")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """Keep one context for all journeys: a new one would load all of Streamlit's scripts again."""
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Give each journey a page, and so a visit, of its own."""
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture
def the_page(page: Page, server: Server) -> ThePage:
    """Open the page as a newcomer does."""
    return ThePage(page, server.url).open()


@pytest.fixture(scope="session")
def just_opened(context: BrowserContext, server: Server) -> ThePage:
    """Open the page once, for the journeys that only look."""
    return ThePage(context.new_page(), server.url).open()
