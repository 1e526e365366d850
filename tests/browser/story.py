"""People with phones, as the browser shows them: what they tap, type and read."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000
"""Milliseconds to wait for what is to appear; the pause for undoing comes on top where it does."""


class Phone:
    """One person's phone; counts every tap."""

    def __init__(self, page: Page, key: str) -> None:
        self.node = page.locator(f"[data-person={key}]")
        self.taps = 0

    @property
    def last(self) -> Locator:
        """The lowest message of the bot."""
        return self.node.locator("[data-by=bot]").last

    async def tap(self, name: str, *, exact: bool = True) -> None:
        """A button under the lowest message, or the phone's own."""
        self.taps += 1
        found = self.node.get_by_role("button", name=name, exact=exact)
        await expect(found.last).to_be_enabled(timeout=PATIENCE)
        await found.last.click(timeout=PATIENCE)

    async def menu(self, command: str) -> None:
        """Two taps: the menu, then a command in it."""
        self.taps += 1
        await self.node.get_by_role("button", name="Menu", exact=True).click()
        self.taps += 1
        await self.node.locator(".menu button", has_text=f"/{command}").first.click()

    async def types(self, text: str) -> None:
        field = self.node.locator("textarea")
        await field.fill(text)
        await field.press("Enter")

    async def reads(self, text: str, within: float = PATIENCE) -> Locator:
        """The lowest message comes to say this, within so many milliseconds."""
        await expect(self.last).to_contain_text(text, timeout=within)
        return self.last


@asynccontextmanager
async def demonstration(folder: Path) -> AsyncIterator[str]:
    """`python -m sandbox` as a newcomer starts it; gives the page's address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", "--data", str(folder), stdout=PIPE
    )
    assert process.stdout is not None
    try:
        while True:
            line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
            assert line, "the demonstration ended before it was ready"
            if "Homeward is ready: open " in line:
                break
        yield line.split("open ")[1].split()[0]
    finally:
        # Asked politely, it ends the bot too; what it still prints is read so that it can end.
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), 30)


@asynccontextmanager
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as play:
        started = await play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        await started.close()


async def picture(page: Page | Locator, name: str) -> None:
    """Keep a picture if the one who runs the tests asked for pictures: SCREENSHOTS=folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")
