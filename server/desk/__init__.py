"""The domain: nouns and their verbs. It knows no HTTP, no provider and no dialect."""
