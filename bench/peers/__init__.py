"""What the house is measured against: the least that could do the same work, or what others would use."""
