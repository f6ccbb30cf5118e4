"""How the English language model is trained, measured and exported. README.md beside this file has the commands."""
