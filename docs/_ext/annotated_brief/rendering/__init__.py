"""From nodes and records to pages: lists made from the corpus, HTML, print."""
