"""A reader's visit to the page, as a browser makes it: HTTP with cookies, then messages through a websocket.

The messages are Streamlit's own; what they mean was read in the source of Streamlit 1.67.
"""

import asyncio
import ipaddress
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

XSRF = "_streamlit_xsrf"
NO_TOKEN = "PLACEHOLDER_AUTH_TOKEN"  # noqa: S105 - what a browser says that has none
BEFORE_THE_PAGE = ("", "_stcore/health", "_stcore/host-config")
SECONDS = 120  # the longest wait for an answer


class PageFailed(Exception):
    """The page did not come, or it came with an error."""


def loopback(url: str) -> str:
    """Return an address that is on this machine, with a slash at its end. Raises `ValueError` for any other."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host != "localhost":
        try:
            here = ipaddress.ip_address(host).is_loopback
        except ValueError:
            here = False
        if not here:
            raise ValueError(f"{url} is not on this machine: only 127.0.0.1, ::1 and localhost are.")
    if parts.scheme != "http":
        raise ValueError(f"{url} does not begin with http://.")
    return f"http://{parts.netloc}/"


class Reader:
    """One visit, with its own cookies, its own websocket, and the page as it was last sent."""

    def __init__(self, url: str) -> None:
        self.url = loopback(url)
        self.http = requests.Session()
        self.http.trust_env = False  # no proxy but the one at the address
        self.query = ""
        self.session_id = ""
        self.elements: dict[tuple[int, ...], Element] = {}
        self.bytes_received = 0
        self.received: list[bytes] = []  # the messages of the latest run
        self._fragments: dict[str, str] = {}  # the part of the page that a widget has run anew, by the widget
        self._socket: ClientConnection | None = None
        self._widgets: dict[str, WidgetState] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
        self.http.close()

    async def open(self, query: str = "") -> None:
        """Go to the page's address with a query, and wait until the page is there."""
        await self.arrive(query)
        await self.connect()

    async def arrive(self, query: str = "") -> None:
        """Fetch what comes before the connection."""
        await self.close()
        self.query, self.elements = query, {}
        self._widgets = {}
        for path in BEFORE_THE_PAGE:
            await self.get(f"{path}?{query}" if query and not path else path)

    async def connect(self) -> None:
        """Connect, and wait until the page is there."""
        headers = {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies)}
        self._socket = await connect(
            f"ws{self.url.removeprefix('http')}_stcore/stream",
            origin=Origin(self.url.rstrip("/")),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(self.http.cookies.get(XSRF, NO_TOKEN) or NO_TOKEN)],
            additional_headers=headers,
            max_size=None,
            max_queue=None,
            proxy=None,
            compression=None,
            open_timeout=SECONDS,
            ping_timeout=None,
            close_timeout=1,
        )
        await self._run()

    async def set_number(self, label: str, value: float) -> None:
        """Set a number input, and wait until the page says so."""
        widget = self.element("number_input", label)
        state = self._widgets[widget.id] = WidgetState(id=widget.id)
        if widget.data_type == widget.INT:
            state.int_value = int(value)
        else:
            state.double_value = value
        await self._run()

    async def move_slider(self, label: str, value: float) -> None:
        """Move a slider, and wait until its part of the page says so."""
        widget = self.element("slider", label)
        self._widgets[widget.id] = WidgetState(id=widget.id, double_array_value={"data": [value]})
        await self._run(self._fragments.get(widget.id, ""))

    async def choose(self, label: str, option: str) -> None:
        """Choose an option of a list, and wait until the page says so."""
        widget = self.element("selectbox", label)
        self._widgets[widget.id] = WidgetState(id=widget.id, string_value=option)
        await self._run()

    async def upload(self, label: str, name: str, content: bytes) -> None:
        """Give a file to an uploader, and wait until the page has taken it."""
        await self.hold(label, name, await self.put(name, content))

    async def hold(self, label: str, name: str, urls: FileURLs) -> None:
        """Have an uploader hold a file that the server has, and wait until the page has taken it."""
        widget = self.element("file_uploader", label)
        state = self._widgets[widget.id] = WidgetState(id=widget.id)
        file = state.file_uploader_state_value.uploaded_file_info.add()
        file.file_id, file.name = urls.file_id, name
        file.file_urls.CopyFrom(urls)
        await self._run()

    async def put(self, name: str, content: bytes) -> FileURLs:
        """Give a file to the server; an uploader does so before it tells the page."""
        request = BackMsg()
        request.file_urls_request.request_id = uuid4().hex
        request.file_urls_request.session_id = self.session_id
        request.file_urls_request.file_names.append(name)
        answer = (await self._ask(request, "file_urls_response")).file_urls_response
        if answer.error_msg:
            raise PageFailed(answer.error_msg)
        urls: FileURLs = answer.file_urls[0]
        await self._http("PUT", urls.upload_url, files={"file": (name, content)})
        return urls

    async def download(self, label: str) -> bytes:
        """Return the file behind a download button."""
        return await self.get(await self.ask_for(label))

    async def ask_for(self, label: str) -> str:
        """Press a download button; return where the file is then."""
        button = self.element("download_button", label)
        url = button.url
        if button.deferred_file_id:
            request = BackMsg()
            request.backend_operation_request.request_id = uuid4().hex
            request.backend_operation_request.session_id = self.session_id
            request.backend_operation_request.deferred_file.file_id = button.deferred_file_id
            answer = (await self._ask(request, "backend_operation_response")).backend_operation_response
            if answer.error_msg:
                raise PageFailed(answer.error_msg)
            url = answer.deferred_file.url
        return str(url)

    async def get(self, path: str) -> bytes:
        """Return what the server has at a path."""
        return await self._http("GET", path)

    async def until_cut_off(self) -> None:
        """Wait until the server's side has ended the connection."""
        assert self._socket
        await self._socket.wait_closed()

    async def close(self) -> None:
        """Leave the page."""
        if self._socket:
            await self._socket.close()
            self._socket = None

    def shown(self, kind: str) -> Iterator[Any]:
        """Yield all elements of a kind in the order in which the page came."""
        for element in self.elements.values():
            if element.WhichOneof("type") == kind:
                yield getattr(element, kind)

    def element(self, kind: str, label: str) -> Any:
        """Return the element of a kind that has a label."""
        found = next((element for element in self.shown(kind) if element.label == label), None)
        if found is None:
            raise PageFailed(f"The page has no {kind} “{label}”.")
        return found

    async def _http(self, method: str, path: str, **arguments: Any) -> bytes:
        token = {"X-Xsrftoken": self.http.cookies.get(XSRF, "")} if method != "GET" else {}
        call: Callable[[], requests.Response] = lambda: self.http.request(  # noqa: E731
            method,
            urljoin(self.url, path.lstrip("/")),
            headers=token,
            timeout=SECONDS,
            allow_redirects=False,
            **arguments,
        )
        response = await asyncio.to_thread(call)
        if not 200 <= response.status_code < 300:
            raise PageFailed(f"{method} {path}: {response.status_code} {response.reason}")
        self.bytes_received += len(response.content)
        return response.content

    async def _run(self, fragment: str = "") -> None:
        """Have the page or a part of it run, with all that was set so far, and read it to its end."""
        message = BackMsg()
        self.received = []
        state = message.rerun_script
        state.fragment_id = fragment
        state.query_string = self.query
        state.context_info.url = self.url
        state.context_info.locale, state.context_info.timezone = "en-US", "UTC"
        state.widget_states.widgets.extend(self._widgets.values())
        await self._ask(message, "script_finished")

    async def _ask(self, question: BackMsg, kind: str) -> ForwardMsg:
        """Send a message; take what comes until the answer is there."""
        assert self._socket
        async with asyncio.timeout(SECONDS):
            await self._socket.send(question.SerializeToString())
            while True:
                data = await self._socket.recv(decode=False)
                self.bytes_received += len(data)
                self.received.append(data)
                message: ForwardMsg = ForwardMsg.FromString(data)
                self._take(message)
                if message.WhichOneof("type") == kind and not _is_first_half(message):
                    return message

    def _take(self, message: ForwardMsg) -> None:
        """Do with a message what a browser does."""
        match message.WhichOneof("type"):
            case "new_session":
                self.session_id = message.new_session.initialize.session_id
                if not message.metadata.run.fragment_ids:
                    self.elements, self._fragments = {}, {}
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                self._place(message)
            case "session_event":
                raise PageFailed(f"The server said: {message.session_event}")

    def _place(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise PageFailed(f"The page shows an error: {element.exception.message}")
        self.elements[tuple(message.metadata.delta_path)] = element
        if message.delta.fragment_id and hasattr(getattr(element, element.WhichOneof("type")), "id"):
            self._fragments[getattr(element, element.WhichOneof("type")).id] = message.delta.fragment_id


def _is_first_half(message: ForwardMsg) -> bool:
    """Tell whether a script ended only to begin anew."""
    return (
        message.WhichOneof("type") == "script_finished"
        and message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
    )
