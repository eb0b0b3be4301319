"""Questions about competences: the matrix of a team, one person's record, who is ready for which queue."""
