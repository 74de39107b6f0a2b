"""Reading JSON: what could neither be kept nor written back is refused with a reason."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class TextJSONParser(JSONParser):
    """JSON whose texts are texts: no half of a character, and no depth that nobody means."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The body; raises ParseError (400) for what is not JSON, or no text."""
        try:
            data = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError as wrong:
            raise ParseError("A text has half a character in it (a lone surrogate).") from wrong
        except RecursionError as wrong:
            raise ParseError("The body is nested too deeply.") from wrong
        return data
