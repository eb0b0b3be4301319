"""How a service of this app says no: an exception whose text is a sentence for the person who asked."""


class Refusal(ValueError):
    """The act was refused and nothing was written. ``str()`` of it can be shown to the person who asked."""
