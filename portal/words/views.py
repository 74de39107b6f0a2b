"""The page about working together."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.words.presenters import working_together as presented


@require_safe
def working_together(request: HttpRequest) -> HttpResponse:
    """Who does what on each side, the words of both, and how we write about people."""
    page = presented(request.GET.get("side", ""), reverse("working-together"))
    return render(request, "words/working_together.jinja", {"page": page})
