"""People and shifts from files: read a table, judge every row, then write all of it or nothing."""
