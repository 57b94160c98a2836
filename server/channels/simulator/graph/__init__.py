"""What Meta answers: the Graph API's routes (whatsapp.md 1.2, 1.3)."""
