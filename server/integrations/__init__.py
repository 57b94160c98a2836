"""Systems beside the channels that a tenant has connected. Each client speaks one of them, and knows nothing of the desk's rules."""
