"""Reading a PDF."""

import io

import pypdf


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, as one line."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]
