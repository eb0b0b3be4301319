"""Getting a message to a person: inbox, e-mail, what each wants to be told and how."""
