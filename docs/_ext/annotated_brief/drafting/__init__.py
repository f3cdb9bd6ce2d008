"""Text that authors would type: directives, entries and skeletons, and where in a file they go."""
