"""Search engines: one contract, and what fulfils it."""
