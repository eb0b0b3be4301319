"""What may be done with people. Each module is one subject; each function one act in one transaction."""
