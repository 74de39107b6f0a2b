"""GSS codes: which kind of place the Office for National Statistics means by each, and where."""

import re

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
CHANNEL_ISLANDS = "Channel Islands"
ISLE_OF_MAN = "Isle of Man"
NATION_OF_LETTER = {
    "E": "England",
    "W": "Wales",
    "S": "Scotland",
    "N": "Northern Ireland",
    "L": CHANNEL_ISLANDS,
    "M": ISLE_OF_MAN,
}

# The lowest tier of council: what ONS calls a local authority district. E07 is a district under
# a county, E06 a unitary authority, E08 metropolitan, E09 London.
AREA_PATTERN = r"^(E0[6-9]|W06|S12|N09)\d{6}$"
AREA = re.compile(AREA_PATTERN)
COUNTY_PATTERN = r"^E10\d{6}$"
COUNTY = re.compile(COUNTY_PATTERN)
# A practice's code in the NHS Organisation Data Service.
ODS = re.compile(r"[A-Z0-9]{3,8}")
# What stands in a postcode's row for its district outside the United Kingdom.
OUTSIDE = {"L99999999": CHANNEL_ISLANDS, "M99999999": ISLE_OF_MAN}
