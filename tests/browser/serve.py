"""Run the page's server and write down every outside host that it looks up or connects to.

Usage: python serve.py LOG, in the folder of streamlit_app.py, configured by STREAMLIT_… variables.
"""

import ipaddress
import sys
from pathlib import Path


def is_outside(host: object) -> bool:
    """Tell whether a host, as a socket call names it, is another machine than this one."""
    if host in {None, "", "localhost"}:
        return False
    try:
        address = ipaddress.ip_address(str(host))
    except ValueError:
        return True
    return not (address.is_loopback or address.is_unspecified)


def watch(log: Path) -> None:
    """Append every outside host to `log` from now on."""

    def record(event: str, arguments: tuple[object, ...]) -> None:
        host: object = None
        if event == "socket.getaddrinfo":
            host = arguments[0]
        elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
            host = arguments[1][0]
        if is_outside(host.decode() if isinstance(host, bytes) else host):
            with log.open("a", encoding="utf-8") as file:
                file.write(f"{event} {host!r}\n")

    sys.addaudithook(record)


if __name__ == "__main__":
    from streamlit.web.cli import main

    watch(Path(sys.argv[1]))
    sys.argv[1:] = ["run", "streamlit_app.py"]
    main()
