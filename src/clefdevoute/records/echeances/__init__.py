"""What is due, late or soon: the lines of « Aujourd'hui », read from every domain below."""
