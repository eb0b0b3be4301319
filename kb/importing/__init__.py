"""Bringing articles in from files: readers, conversion to blocks, and writing in batches.

``kb.importing.services.import_articles`` is the way in; readers stand in ``jsonl``, ``markdown``, ``web``
and ``docx``.
"""
