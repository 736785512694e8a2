"""A server of a page in a process of its own, and a visit to it that speaks a browser's messages.

The messages are Streamlit's own; what they mean was read in the source of Streamlit 1.67.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from urllib3 import Retry
from websockets.sync.client import connect

ROOT = Path(__file__).parents[1]
SECONDS_UNTIL_IDLE = 0.03  # that a server tidies up for after its last message


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def processor_time(self) -> float:
        """Return the seconds of a core that it has used, threads that have ended included (Linux only)."""
        return time.clock_gettime((~self.process.pid << 3) | 2)


@contextmanager
def serving(script: Path, **environment: str) -> Iterator[Server]:
    """Serve a script on a free port of the loopback until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(  # noqa: S603 - the interpreter that runs this
        [sys.executable, "-m", "streamlit", "run", str(script)],
        cwd=ROOT,
        env=os.environ | settings | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        with requests.Session() as session:
            session.mount("http://", HTTPAdapter(max_retries=Retry(connect=9, backoff_factor=0.1)))
            session.get(f"http://localhost:{port}/_stcore/health", timeout=30).raise_for_status()
        yield Server(port, process)
    finally:
        process.kill()
        process.wait()


@dataclass(frozen=True)
class Answer:
    """What a server did about one thing that a reader did."""

    seconds: float  # of a core
    messages: tuple[bytes, ...]


class Visit:
    """One reader's connection, and the page as it was last sent."""

    def __init__(self, server: Server, query: str = "") -> None:
        """Open the page at an address; `opening` is the answer."""
        self._server, self._query = server, query
        self._widgets: dict[str, WidgetState] = {}
        self.deltas: list[ForwardMsg] = []
        before = server.processor_time()
        self._socket = connect(
            f"ws://localhost:{server.port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
            proxy=None,
        )
        self.opening = self._run(BackMsg(), before)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def set(self, kind: str, label: str, value: Any) -> Answer:
        """Set a number input, a slider or a choice as a reader does."""
        delta = next(
            delta.delta
            for delta in self.deltas
            if delta.delta.new_element.WhichOneof("type") == kind
            and getattr(delta.delta.new_element, kind).label == label
        )
        widget = getattr(delta.new_element, kind).id
        match kind:
            case "number_input":
                self._widgets[widget] = WidgetState(id=widget, int_value=value)
            case "slider":
                self._widgets[widget] = WidgetState(id=widget, double_array_value={"data": [value]})
            case "selectbox":
                self._widgets[widget] = WidgetState(id=widget, string_value=value)
        message = BackMsg()
        message.rerun_script.fragment_id = delta.fragment_id
        return self._run(message, self._server.processor_time())

    def _run(self, message: BackMsg, before: float) -> Answer:
        """Have the page run, and read it to its end."""
        state = message.rerun_script
        state.query_string = self._query
        state.widget_states.widgets.extend(self._widgets.values())
        if not state.fragment_id:
            self.deltas = []
        self._socket.send(message.SerializeToString())
        received = []
        while True:
            data = self._socket.recv(timeout=60)
            assert isinstance(data, bytes)
            received.append(data)
            answer = ForwardMsg.FromString(data)
            match answer.WhichOneof("type"):
                case "page_info_changed":
                    self._query = answer.page_info_changed.query_string
                case "delta":
                    assert answer.delta.new_element.WhichOneof("type") != "exception", answer
                    self.deltas.append(answer)
                case "script_finished" if answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    break
        time.sleep(SECONDS_UNTIL_IDLE)
        return Answer(self._server.processor_time() - before, tuple(received))
