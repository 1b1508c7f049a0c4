"""The writes of *Aujourd'hui*: views and settings of reminders by a person, reminders by the machine."""
