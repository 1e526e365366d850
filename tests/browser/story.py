"""People with phones, as the browser shows them: what they tap, type and read."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from sandbox.demo import LEDGER, PEOPLE, bot_settings
from sandbox.standin import Standin

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
ROOT: Final = Path(__file__).resolve().parents[2]
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
PATIENCE = 15_000
"""Milliseconds to wait for what is to appear; the pause for undoing comes on top where it does."""


class Phone:
    """One person's phone; counts every tap."""

    def __init__(self, page: Page, key: str) -> None:
        self.page = page
        self.key = key
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

    async def asks(self, text: str) -> Locator:
        """Types a question; gives the answer to it."""
        said = self.node.locator("[data-by=bot]")
        before = await said.count()
        await self.types(text)
        await expect(said).to_have_count(before + 1, timeout=PATIENCE)
        return said.last

    async def types(self, text: str) -> None:
        field = self.node.locator("textarea")
        await field.fill(text)
        await field.press("Enter")

    async def reads(self, text: str, within: float = PATIENCE) -> Locator:
        """The lowest message comes to say this, within so many milliseconds."""
        await expect(self.last).to_contain_text(text, timeout=within)
        return self.last

    async def pictured(self, name: str, height: int = PHONE["height"]) -> None:
        """A picture of this person's chat, if pictures are asked for; a high one shows more."""
        if "SCREENSHOTS" in os.environ:
            await self.page.set_viewport_size({"width": PHONE["width"], "height": height})
            await picture(self.page, f"{name}-{self.key}")
            await self.page.set_viewport_size(PHONE)


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
async def telegram_with_people() -> AsyncIterator[Standin]:
    """The stand-in of the demonstration, in this process, so that more people can be led."""
    async with Standin.serve() as telegram:
        for person_id, key, name, language in PEOPLE:
            telegram.person(person_id, name, language, key=key)
        yield telegram


async def load_istanbul(telegram: Standin, folder: Path) -> None:
    loading = await _bot(telegram, folder, {}, "load", str(ROOT / "ledgers" / LEDGER))
    assert await asyncio.wait_for(loading.wait(), 60) == 0


@asynccontextmanager
async def running_bot(telegram: Standin, folder: Path, **settings: int) -> AsyncIterator[None]:
    """The bot as its own process: `RATE=5` is a setting of it. Asked politely to end."""
    running = await _bot(telegram, folder, settings, "run")
    try:
        await telegram.until(lambda: telegram.bot_is_here, timeout=60)
        yield
    finally:
        running.terminate()
        await asyncio.wait_for(running.wait(), 30)


async def _bot(
    telegram: Standin, folder: Path, settings: Mapping[str, int], *command: str
) -> asyncio.subprocess.Process:
    environment = bot_settings(os.environ, telegram, folder)
    environment |= {f"HOMEWARD_{name}": str(value) for name, value in settings.items()}
    arguments = (sys.executable, "-m", "bot", *command)
    return await asyncio.create_subprocess_exec(
        *arguments, env=environment, cwd=folder, stdin=DEVNULL
    )


async def phone_of(started: Browser, address: str, key: str) -> Phone:
    """A page as wide as a phone, on which one person's chat is seen."""
    page = await started.new_page(viewport=PHONE, permissions=["clipboard-write"])
    await page.goto(address)
    await page.locator(f"[data-tab={key}]").click()
    return Phone(page, key)


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
