"""People and their accounts: sign-up, sign-in, roles in the whole portal."""
