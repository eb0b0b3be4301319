"""What goes on paper: PDFs in the look of the house."""
