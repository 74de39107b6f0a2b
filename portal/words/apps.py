from django.apps import AppConfig

from portal.words import explainers, glossary


class WordsConfig(AppConfig):
    name = "portal.words"
    label = "words"

    def ready(self) -> None:
        """A broken data file stops the start, not the page."""
        glossary.terms()
        explainers.explainers()
