"""Translation as a workflow: who may translate and review which language, and how far each page is.

models.py   LanguageTeam (who), TranslationWork (how far one page is in one language)
"""
