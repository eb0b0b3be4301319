"""What the company knows: sections, articles, their versions, and the one gate of visibility."""
