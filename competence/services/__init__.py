"""What happens to competences: one writer of the ledger, one service per type of event, the upkeep of the cache."""
