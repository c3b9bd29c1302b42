"""What a text is: a cry for help, or what it asks for."""

from campaigns.sms import cries, verbs
from campaigns.sms.words import vocabulary


def understand(text, keywords, words=None):
    """Return (`cries.Phrase` or None, `verbs.Command`).

    keywords  the squashed keywords of the campaigns that may be meant
    words     the `Vocabulary`; by default the site's own

    Words of a cry go before every command; mere hints do not go before one that names its campaign.
    """
    words = words or vocabulary.current()
    phrase = words.cries.find(text)
    command = verbs.parse(text, keywords, words.verbs)
    if phrase and phrase.weight == cries.HINT and command.keyword:
        phrase = None
    return phrase, command
