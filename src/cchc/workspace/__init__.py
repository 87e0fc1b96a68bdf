"""Text on disk to records and back."""
