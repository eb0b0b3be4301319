"""Which blocks of a public article are for employees only. Pure: search reads it for its index."""

# An internal part never leaves the house; "say to the customer" is not addressed to the customer.
STAFF_BLOCKS = frozenset({"internal", "say"})
