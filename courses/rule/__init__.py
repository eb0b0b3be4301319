"""The rules of a plan: its days, how it stands, what is to be shown next. Pure, the day is passed in."""
