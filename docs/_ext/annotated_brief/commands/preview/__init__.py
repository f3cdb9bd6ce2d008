"""The live preview: a process that keeps the site, a server that shows it, and a script in each page that reloads it."""
