"""The proxy, HAProxy. As a script: install it if it is not there."""

import os
import shutil
import subprocess
import sys

PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])  # Debian's is in sbin
MISSING = (
    "No HAProxy could be installed. Install one, so that it is found as haproxy: it is in Debian, Ubuntu and Homebrew."
)


def find() -> str | None:
    """Return the path of an installed HAProxy, or None."""
    return shutil.which("haproxy", path=PLACES)


def install(package: str) -> None:
    """Install a package of Debian's where apt-get allows."""
    if not shutil.which("apt-get"):
        return
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for command in (["update", "-qq"], ["install", "-y", "-qq", package]):
        words = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *command]
        subprocess.run(words, check=False)  # noqa: S603 - our own words


if __name__ == "__main__":
    if not find():
        install("haproxy")
    if not find():
        sys.exit(MISSING)
