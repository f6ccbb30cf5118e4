"""Read: a document becomes its reading, one module per thing found; reading.py puts them in order."""
