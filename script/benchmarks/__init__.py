"""How fast the portal answers, against a floor that any Django page pays (see script/bench)."""
