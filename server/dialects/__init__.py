"""Wire vocabularies over one domain. A dialect is schemas, words and routes, and never imports another."""
