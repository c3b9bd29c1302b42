"""IEC materials: information, education, communication, each with the text of what it says.

models.py   MaterialPage and the files in which it comes
"""
