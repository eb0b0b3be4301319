"""What people do with programmes: enrol, learn, ask for a signature, sign, withdraw, end."""
