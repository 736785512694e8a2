"""What a visit's uploads may take of the server's memory."""

import asyncio
import re

from benchmarks.load.__main__ import until_warm
from benchmarks.load.reader import Reader
from benchmarks.load.server import started
from ui.formats.saved import LARGEST_FILE
from ui.process import MOST_UPLOADS

TABLE = b"a,y\n1,0\n2,1\n"
HELD = re.compile(r'cache_memory_bytes\{cache_type="UploadedFileManager".*\} (\d+)')


def held(metrics: bytes) -> int:
    """Return how many bytes of uploaded files the server says that it holds."""
    return sum(map(int, HELD.findall(metrics.decode())))


async def fill(url: str) -> None:
    await until_warm(url, cold=False)
    async with Reader(url) as reader, Reader(url) as neighbour:
        await neighbour.open()
        table = await neighbour.put("own.csv", TABLE)
        await reader.open()
        for number in range(3 * MOST_UPLOADS):
            await reader.put(f"{number}.csv", bytes(LARGEST_FILE))
        assert held(await reader.get("_stcore/metrics")) == MOST_UPLOADS * LARGEST_FILE + len(TABLE)
        await neighbour.hold("A file", "own.csv", table)
        await reader.upload("A file", "own.csv", TABLE + b"3,1\n")
        for visitor, rows in ((reader, 3), (neighbour, 2)):
            assert any(text.body.startswith(f"{rows} rows of 2 columns") for text in visitor.shown("markdown"))


def test_a_visit_holds_its_last_files_alone(tmp_path):
    """However many a program sends, of the largest that are taken; those of other visits stay."""
    with started(0, tmp_path / "log") as server:
        asyncio.run(fill(server.url))
