"""Files that somebody uploads: held in memory while they are read, and never written to a disk."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# Of one request, in bytes. What is more is let go as it comes; a form sees the size and says so.
MOST = 6 * 1024 * 1024


class BoundedUpload(FileUploadHandler):
    """Django's own writes large files to a temporary folder."""

    def __init__(self, request: object = None) -> None:
        super().__init__(request)  # type: ignore[arg-type]
        self._room = MOST
        self._kept = BytesIO()

    def new_file(self, *args: object, **kwargs: object) -> None:
        """The next file of the form."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep it while there is room."""
        self._room -= len(raw_data)
        if self._room >= 0:
            self._kept.write(raw_data)
        else:
            self._kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, empty where it was too large: its size tells."""
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
