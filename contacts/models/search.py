"""What the search over the directory looks in: kept by triggers, read by search.py."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from contacts.models.services import Service


class SearchEntry(models.Model):
    """The words of one entry: its name (A), what it needs (B), its places (C), its summary (D).

    Never a contact, nor what a service does not do. Written by triggers in the transaction of
    whatever changed: the entry, its area, the name of its organisation, who answers for the area.
    `words` are the same words unstemmed, for help with spelling.
    """

    service = models.OneToOneField(
        Service, primary_key=True, on_delete=models.PROTECT, related_name="search_entry"
    )
    document = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["document"], name="search_entry_document")]

    def __str__(self) -> str:
        return str(self.service_id)
