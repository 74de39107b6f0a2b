"""The windows that people of the journeys sit at: used again, as on a desk that is shared.

A new one costs a process of its own and every style sheet and script anew, which is most of the
work of a short journey. One in which a test has changed more than what a page can is closed.
"""

from playwright.sync_api import Browser, Page


class Windows:
    """Those of one browser that are free; `url` is where the portal answers."""

    def __init__(self, chromium: Browser, url: str) -> None:
        self._chromium, self._url = chromium, url
        self._free: dict[tuple[int, bool], list[Page]] = {}

    def open(self, *, width: int, scripts: bool) -> Page:
        """A window in which nobody has signed in, at this width, with scripts or without."""
        free = self._free.get((width, scripts))
        return free.pop() if free else self.new(width=width, scripts=scripts)

    def new(self, *, width: int, scripts: bool) -> Page:
        """One that nobody has used."""
        context = self._chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            base_url=self._url,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(10_000)
        return context.new_page()

    def give_back(self, page: Page, *, width: int, scripts: bool) -> None:
        """To be used again, with nothing in it that a site may keep; closed where it has tabs."""
        if page.is_closed() or len(page.context.pages) > 1:
            page.context.close()
            return
        page.goto("about:blank")
        page.context.clear_cookies()
        line = page.context.new_cdp_session(page)
        kept = {"origin": self._url, "storageTypes": "local_storage,session_storage,indexeddb"}
        line.send("Storage.clearDataForOrigin", kept)
        line.detach()
        page.set_viewport_size({"width": width, "height": 900})
        self._free.setdefault((width, scripts), []).append(page)
