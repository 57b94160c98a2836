"""What Meta sends: signed webhooks (whatsapp.md 1.4, 1.5)."""
