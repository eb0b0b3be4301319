"""What the screens of learning show; queries do not grow with rows."""
