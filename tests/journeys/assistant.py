"""A person at the browser, as the journeys play them."""

import re
from typing import Any

from playwright.sync_api import Page

from config.demo.seed import PASSWORD
from tests.journeys.conftest import SCREENSHOTS, Desk


class Assistant:
    """A person at the browser: counts clicks, keeps pictures of pages."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page, self.desk, self.clicks = page, desk, 0
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.desk.url + path)

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def picture(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")

    def log_in(self, name: str) -> None:
        self.go("/admin/login/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("[type=submit]")
        self.page.wait_for_url(re.compile(r"/admin/$"))
