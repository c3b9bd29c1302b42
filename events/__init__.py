"""What happens where: events announced, and people counted who came.

pages/      EventPage: a workshop of one day, an exhibition of two weeks
fieldwork/  the field worker's head count

Knows campaigns and outreach_site; nothing there knows events.
"""
