"""The rules of certification, on plain values: limits, drawing, scoring, deadlines, retakes. No framework, no clock."""
