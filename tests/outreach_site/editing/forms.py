"""What a browser without scripts would send of an edit form of the admin."""

from html.parser import HTMLParser

from django.test import Client

NOT_SENT = ("file", "submit", "button")


class Fields(HTMLParser):
    """Gathers the fields of the editor's form: {name: value or [values]}."""

    def __init__(self, html):
        super().__init__()
        self.found, self.select, self.textarea = {}, None, None
        self.feed(html)

    def put(self, name, value):
        self.found.setdefault(name, []).append(value)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.textarea = name
            self.put(name, "")
        elif tag == "option" and self.select and "selected" in attrs:
            self.put(self.select, attrs.get("value", ""))
        elif tag == "input" and name and attrs.get("type") not in NOT_SENT:
            is_box = attrs.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in attrs:
                self.put(name, attrs.get("value", "on" if is_box else ""))

    def handle_data(self, data):
        if self.textarea:
            self.found[self.textarea][-1] += data

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            # HTML leaves out a line break right behind the start.
            self.found[self.textarea][-1] = self.found[self.textarea][-1].removeprefix("\n").strip()
            self.textarea = None


class Window:
    """Somebody's window with an edit form: opened once, sent later."""

    def __init__(self, user, address):
        self.client = Client()
        self.client.force_login(user)
        self.address = address
        self.html = self.client.get(address).content.decode()

    def send(self, html=None, **fields):
        """Send the form as it stands in `html` (default: as it was opened) with `fields` typed over."""
        return self.client.post(self.address, Fields(html or self.html).found | fields)
