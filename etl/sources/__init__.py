"""One module per kind of export: bytes in, raw tables with the sender's own addresses out."""
