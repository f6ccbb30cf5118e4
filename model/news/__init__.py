"""Training text in the manner of world news, written for presstime from general knowledge."""
