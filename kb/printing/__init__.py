"""What the knowledge base puts on paper."""
