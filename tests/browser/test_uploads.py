"""What a client that ignores the widgets can put into the server."""

import pytest
import requests
import the_page
from requests.exceptions import ConnectionError as Disconnected
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from ui.formats.csv import MOST_BYTES
from ui.formats.saved import LARGEST_FILE

MOST = 10 * 2**20  # bytes of a file
PATIENCE = the_page.PATIENCE / 1_000  # seconds


@pytest.fixture
def visit(server):
    """Connect as a browser does, and run the page."""
    with connect(
        f"{server.url.replace('http', 'ws')}/_stcore/stream", subprotocols=[Subprotocol("streamlit")]
    ) as visit:
        rerun = BackMsg()
        rerun.rerun_script.query_string = ""
        visit.send(rerun.SerializeToString())
        yield visit


def session_of(visit):
    """Return the name that the server gives to a visit."""
    while True:
        message = ForwardMsg.FromString(visit.recv(timeout=PATIENCE))
        if message.WhichOneof("type") == "new_session":
            return message.new_session.initialize.session_id


def put(server, session, body):
    """Upload as the widget does, but any file; return the server's answer, None if it hung up."""
    token = str(requests.get(f"{server.url}/_stcore/health", timeout=PATIENCE).cookies["_streamlit_xsrf"])
    try:
        return requests.put(
            f"{server.url}/_stcore/upload_file/{session}/any",
            data=body,
            headers={"X-Xsrftoken": token, "Content-Type": "multipart/form-data; boundary=end"},
            cookies={"_streamlit_xsrf": token},
            timeout=PATIENCE,
        ).status_code
    except Disconnected:
        return None


def form(size):
    head = b'--end\r\nContent-Disposition: form-data; name="file"; filename="table.csv"\r\n\r\n'
    return head + bytes(size) + b"\r\n--end--\r\n"


def test_files_larger_than_any_of_the_pages_are_refused(server, visit):
    """By what the client says of their size, and where it says nothing, as they come."""
    session = session_of(visit)
    assert max(MOST_BYTES, LARGEST_FILE) < MOST
    assert put(server, session, form(LARGEST_FILE)) == 204
    assert put(server, session, form(MOST)) in {413, None}
    chunks = (form(2**20) for _ in range(600))
    assert put(server, session, chunks) in {413, None}
    assert put(server, "nobody", form(1)) == 400
