"""Administrative areas in dated editions, what became of them, what is known of them.

In:    a folder of CSV files → loader.read (all checked, or all refused) → loader.store → merge
Then:  successions → counterpart.rebuild_counterparts → Counterpart: where an area lies in another edition
Out:   models.Area.objects (by_key, within, lying_in, classified, search); counterpart.holder; facts
Asked: fields.AreaForeignKey → forms.AreaField → chooser.find; views.search answers the combobox

A record keeps the area it was made in for ever. docs/areas.md has the files and their sources.
"""
