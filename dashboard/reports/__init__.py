"""The month as a document: a frozen model, its builder, one renderer per format."""
