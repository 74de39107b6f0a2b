"""Reading JSON: what could neither be kept nor written back is refused with a reason."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant

_NESTED_AT_MOST = 100


class TextJSONParser(JSONParser):
    """JSON whose texts are texts: no half of a character, and no depth that nobody means."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The body; raises ParseError (400) for what is not JSON, or no text."""
        try:
            encoding = (parser_context or {}).get("encoding", "utf-8")
            text = stream.read().decode(encoding)
            data = json.loads(text, parse_constant=strict_constant)
            if _is_doubtful(text):
                json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError as wrong:
            raise ParseError("A text has half a character in it (a lone surrogate).") from wrong
        except RecursionError as wrong:
            raise ParseError("The body is nested too deeply.") from wrong
        except ValueError as wrong:
            raise ParseError(f"JSON parse error - {wrong}") from wrong
        return data


def _is_doubtful(text: str) -> bool:
    """Whether it may hold half a character, which only an escape can say, or is nested deeply."""
    return "\\u" in text or text.count("[") + text.count("{") > _NESTED_AT_MOST
