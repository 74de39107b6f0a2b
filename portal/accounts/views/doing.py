"""What several views do: act, and say beside the field what was refused."""

from collections.abc import Callable

from portal.core.refused import Refused
from portal.ui.forms import Form


def did(form: Form, act: Callable[[], object]) -> bool:
    """Whether it was done; what was refused is said beside its field."""
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True
