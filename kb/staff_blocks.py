"""Which blocks of a public article are for employees only. Pure: search reads it for its index."""

# An internal part never leaves the house; "say to the customer" and a guided script are not addressed to them.
STAFF_BLOCKS = frozenset({"internal", "say", "script"})
