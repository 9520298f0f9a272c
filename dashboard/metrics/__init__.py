"""What is counted: one module per noun, the catalogue of figures, and disclosure control."""
