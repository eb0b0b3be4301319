"""What certification puts on paper: PDFs in the look of the house."""
