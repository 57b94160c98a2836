"""What Meta does not have: playing the customer, faults, logs. JSON under /simulator, no authentication."""
