"""The Chromium that the journeys run in. As a script: install one if there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Chromium refuses to start as root with its sandbox; the rest keeps it from calling outside hosts.
ARGUMENTS = [
    *["--no-sandbox"] * (sys.platform != "win32" and os.geteuid() == 0),
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """Return the path of an installed Chromium, Playwright's own last, or None."""
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    return installed or _playwrights_own()


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Install Debian's package where apt-get and root allow, else Playwright's own browser."""
    own = [sys.executable, "-m", "playwright", "install", "chromium"]
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        commands = [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
        if all(subprocess.run(command, env=environment, check=False).returncode == 0 for command in commands):
            return
        own.append("--with-deps")
    subprocess.run(own, check=True)


if __name__ == "__main__":
    if not find():
        install()
    if not find():
        sys.exit("No Chromium could be installed. Install one, so that it is found as chromium or google-chrome.")
