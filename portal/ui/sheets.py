"""Sheets of paper (PDF/UA), set by typst from a template of ours.

Words go in as data, never as markup, and no font but typst's own is asked for.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import typst

# What the embedded font has: Latin, Greek, Cyrillic, the signs of English texts. PDF/UA forbids
# letters without a shape.
_NO_SHAPE = re.compile(
    r"[^\n\x20-\x7e\u00a0-\u024f\u0370-\u03ff\u0400-\u045f\u1e00-\u1eff‐-―‘-„†-…€]"
)


def set_sheet(template: Path, name: str, content: Mapping[str, object]) -> bytes:
    """The PDF. The template reads `content` as JSON from `sys.inputs` under `name`."""
    return typst.compile(
        str(template),
        format="pdf",
        sys_inputs={name: json.dumps(with_shapes(content))},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


def with_shapes(value: object) -> object:
    """The same with every letter that the font has no shape for as a question mark."""
    if isinstance(value, str):
        return _NO_SHAPE.sub("?", value)
    if isinstance(value, list | tuple):
        return [with_shapes(one) for one in value]
    if isinstance(value, Mapping):
        return {key: with_shapes(one) for key, one in value.items()}
    return value
