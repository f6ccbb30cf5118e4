"""Measurements of presstime: fidelity.py against hand-made gold (`make bench`), speed.py for the clock (`make speed`)."""
