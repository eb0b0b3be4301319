"""Finding: text analysis, query understanding, engines, index upkeep, search pages and log."""
