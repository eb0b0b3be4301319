"""Questions from other systems and back: GIFT, Moodle XML, QTI 2.1 and 3.0, CSV and XLSX.

A reader turns a file into ``Item``s, each in the words of ``certification.kinds``, and says line by line what
came with a loss and what cannot come at all. A writer turns items into a file that its reader reads as the same
items. Neither knows of the database; ``certification.services.exchange`` does.
"""
