"""Names of the front-end files that set-up puts into `.build/public` (see build_assets).

The version is in the file's name, so a browser may keep it for ever. `RECIPE` is in it too:
raise it whenever build_assets changes what it does to a file of the same version.
"""

from typing import NamedTuple

NHSUK_VERSION = "10.6.1"
HTMX_VERSION = "2.0.11"
RECIPE = 1


class Assets(NamedTuple):
    """Addresses on our own host, as a page links them."""

    css: str
    js: str
    htmx: str


ASSETS = Assets(
    css=f"/assets/nhsuk-{NHSUK_VERSION}-{RECIPE}.min.css",
    js=f"/assets/nhsuk-{NHSUK_VERSION}-{RECIPE}.min.js",
    htmx=f"/assets/htmx-{HTMX_VERSION}-{RECIPE}.min.js",
)

# What WhiteNoise may mark as never changing: these, and collected files with a hash in the name.
IMMUTABLE = r"^/assets/[a-z]+-\d+\.\d+\.\d+-\d+\.min\.(css|js)$|^/static/.+\.[0-9a-f]{12}\.[^/]+$"
