"""In which form an answer is given."""

from collections.abc import Iterable
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class OneForm(DefaultContentNegotiation):
    """The framework's own, which is not asked where the program wants the only form there is."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The renderer, and the media type of the answer."""
        forms = list(renderers)
        if len(forms) == 1 and format_suffix is None and not request.query_params:
            only = forms[0]
            if request.META.get("HTTP_ACCEPT", "*/*") in ("*/*", only.media_type):
                return only, str(only.media_type)
        found: Any = super().select_renderer(request, forms, format_suffix)
        return found  # type: ignore[no-any-return]
