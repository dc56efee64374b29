"""The audit workbook: one council's survey answers and parameters to a report bound to its data.

Rooms, in the order in which data flows through them; each imports only from those before it:
errors, study, figures, report, run, review, cli.
"""

__version__ = "0.1.0"
