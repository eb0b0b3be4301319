"""Who works here: users, employees, teams, positions, roles, and the viewer every gate asks about."""
