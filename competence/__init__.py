"""Competences, what positions require, the ledger of evidence and the rule that judges it."""
