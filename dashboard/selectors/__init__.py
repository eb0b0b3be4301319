"""What the home pages show, one module per reader; queries do not grow with rows."""
