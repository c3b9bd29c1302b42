"""The words that texts are understood by. They are data: staff add what their people write.

models.py     CommandWord (join, leave, help, a language), CryPhrase, ShortForm
vocabulary.py all of it as one value, read once in a few seconds
commands.csv, cries.csv, short_forms.csv   what every site begins with; a site whose tables are empty gets them
"""
