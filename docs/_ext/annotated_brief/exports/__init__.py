"""From the corpus to open formats: one pure function a file, which imports the model alone."""
