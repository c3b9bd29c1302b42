"""The records of print.

subject.py  what all of them are made of: a material, remembered when its page is gone
runs.py     PrintRun and its Distributions
codes.py    TrackedLink and its LinkCounts
jobs.py     PrintJob
"""

from campaigns.printing.models.codes import LinkCount, TrackedLink, refuse_to_delete
from campaigns.printing.models.jobs import PrintJob, delete_file
from campaigns.printing.models.runs import Distribution, PrintRun
from campaigns.printing.models.subject import language_choices

__all__ = [
    "Distribution",
    "LinkCount",
    "PrintJob",
    "PrintRun",
    "TrackedLink",
    "delete_file",
    "language_choices",
    "refuse_to_delete",
]
