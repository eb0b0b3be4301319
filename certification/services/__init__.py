"""What certification does."""
