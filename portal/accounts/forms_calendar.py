"""Forms about somebody's other calendars."""

from portal.core.references import new_opaque_id
from portal.ui.forms import FileField, Form, HiddenField, Look, TextField
from portal.worktime.calendars.guard import LONGEST_ADDRESS
from portal.worktime.calendars.limits import LARGEST


def _name() -> TextField:
    return TextField(
        "What to call it",
        limit=80,
        hint="Only you see it; it may stay empty",
        required=False,
        look=Look(width=20),
    )


def _file() -> FileField:
    return FileField(
        "Calendar file (.ics)", largest=LARGEST, missing="Choose the file of the calendar"
    )


class AddressForm(Form):
    """A calendar that is read from its address, again and again."""

    once = HiddenField(limit=64, initial=new_opaque_id)
    address = TextField(
        "Address of the calendar",
        limit=LONGEST_ADDRESS,
        missing="Enter the address of the calendar",
        hint="It begins with https:// or webcal:// and mostly ends in .ics",
        look=Look(autocomplete="off", spellcheck=False),
    )
    name = _name()


class UploadForm(Form):
    """A calendar that is read once."""

    once = HiddenField(limit=64, initial=new_opaque_id)
    file = _file()
    title = _name()


class AgainForm(Form):
    """The same calendar as it is now."""

    file = _file()
