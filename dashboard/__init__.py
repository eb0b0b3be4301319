"""Reading across: the home page of each role. No models, no services."""
