"""Commands about the whole: the database, backups, mail, serving."""
