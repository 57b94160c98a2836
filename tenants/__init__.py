"""The kernel: who the tenant is, who acts, what they may do, and the only door to the database."""
