"""Articles in, statements out. ``protocol`` says what an extractor is and finds the installed ones."""
